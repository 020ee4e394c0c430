import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'

const ROOT = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'peel-start-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** A checkout of its own: what is here, with the same dependencies already installed. */
function checkout(name: string): string {
  const root = join(folder, name)
  for (const part of ['bin', 'docs', 'scripts', 'src', 'package.json', 'package-lock.json', 'tsconfig.json'])
    cpSync(join(ROOT, part), join(root, part), { recursive: true })
  mkdirSync(join(root, 'node_modules'))
  for (const one of readdirSync(join(ROOT, 'node_modules')))
    if (one !== '.peel-lock') symlinkSync(join(ROOT, 'node_modules', one), join(root, 'node_modules', one))
  writeFileSync(join(root, 'node_modules', '.peel-lock'), hash('sha256', readFileSync(join(root, 'package-lock.json'))))
  return root
}

/** A folder for PATH with an npm that notes how it was called and ends with this exit code. */
function npmThatEnds(exit: number): { bin: string; calls(): string[] } {
  const bin = mkdtempSync(join(folder, 'bin-'))
  const log = join(bin, 'calls')
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\necho "$PWD: $*" >> '${log}'\nexit ${exit}\n`)
  chmodSync(join(bin, 'npm'), 0o755)
  return {
    bin: `${bin}:/usr/bin:/bin`,
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []),
  }
}

function run(root: string, words: readonly string[], { path, cwd = folder }: { path: string; cwd?: string }) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'scripts', 'run.mjs'), ...words], {
    cwd,
    encoding: 'utf8',
    env: { PATH: path, HOME: folder, TMPDIR: folder, PEEL_COMMIT: 'test' },
    maxBuffer: 1 << 26,
    timeout: 120_000,
  })
  return { stdout, stderr, exit: status }
}

// A task that is not there: the way to it is what is looked at, not the task.
const NO_TASK = ['no-such-task']
const TOLD = /^error: there is no task no-such-task\nhint: one of start, /m

describe('what `npm run show` runs', () => {
  const npm = npmThatEnds(1)
  let root: string
  let shown: ReturnType<typeof run>
  before(() => {
    root = checkout('show')
    shown = run(root, ['show'], { path: npm.bin })
  })

  it('comes to its end, and says nothing of anything wrong', () => {
    assert.equal(shown.exit, 0, shown.stderr)
    assert.doesNotMatch(shown.stdout + shown.stderr, /error:|FAILED|problem:|undefined|NaN/)
    assert.deepEqual(npm.calls(), [])
  })

  it('shows nine steps, each as a command with what it prints', () => {
    const steps = shown.stdout.split(/\n(?=\d\. )/).slice(1)
    assert.deepEqual(
      steps.map((step) => Number.parseInt(step, 10)),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    )
    for (const step of steps) assert.match(step, /\n\$ npx peel \w+ .*\n.+/)
    const typed = [...shown.stdout.matchAll(/^\$ npx peel (\w+)/gm)].map(([, verb]) => verb)
    assert.deepEqual(typed, [
      'sample',
      'inspect',
      'check',
      'keygen',
      'keygen',
      'keygen',
      'authorise',
      'extract',
      'verify',
      'search',
      'report',
    ])
  })

  it('shows what the story is about: something taken, something left and why, every check, something found', () => {
    assert.match(shown.stdout, /^message +[1-9]\d* taken of [\d,]+ \([1-9]\d* as context\)$/m)
    for (const why of ['outside the time window', 'other people', 'without the words', 'deleted by the user'])
      assert.match(shown.stdout, new RegExp(`^ +[1-9][\\d,]* left: ${why}$`, 'm'))
    assert.match(shown.stdout, /^media_item +[1-9]\d* taken of/m)
    assert.match(shown.stdout, /^passed +two signatures/m)
    assert.match(shown.stdout, /^passed +scope/m)
    assert.match(
      shown.stdout,
      /\n8\. [^\n]+\n[^\n]+\n(?: {2}\| [^\n]*\n)+\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ +message[^\n]+\n +[^\n]*riverside/i,
      'found, with what stands beside it',
    )
  })

  it('leaves the phone, the authorisation, the extract and the report where it says', () => {
    assert.match(shown.stdout, /are in out\/show\/\.\n$/)
    for (const made of ['phone', 'authorisation.dsse.json', 'AB-1.peel', 'report.html'])
      assert.ok(existsSync(join(root, 'out', 'show', made)), made)
  })

  it('can be run again', () => {
    assert.equal(run(root, ['show'], { path: npm.bin }).exit, 0)
  })
})

describe('the way in', () => {
  it('starts no npm where the lockfile is the one that was installed, from any folder', () => {
    const npm = npmThatEnds(0)
    const ran = run(checkout('installed'), NO_TASK, { path: npm.bin, cwd: '/' })
    assert.match(ran.stderr, TOLD)
    assert.equal(ran.exit, 2)
    assert.deepEqual(npm.calls(), [])
  })

  it('installs once what a changed lockfile names, in the checkout and not where it was called', () => {
    const npm = npmThatEnds(0)
    const root = checkout('changed')
    writeFileSync(join(root, 'package-lock.json'), `${readFileSync(join(root, 'package-lock.json'), 'utf8')}\n`)
    for (let time = 0; time < 2; time++) assert.match(run(root, NO_TASK, { path: npm.bin }).stderr, TOLD)
    assert.deepEqual(npm.calls(), [`${root}: ci --ignore-scripts --no-audit --no-fund --loglevel=error`])
  })

  it('says what to do where npm cannot fetch, and tries again the next time', () => {
    const npm = npmThatEnds(1)
    const root = checkout('unreachable')
    rmSync(join(root, 'node_modules', '.peel-lock'))
    for (let time = 1; time <= 2; time++) {
      const { stderr, exit } = run(root, NO_TASK, { path: npm.bin })
      assert.match(stderr, /^error: the dependencies could not be installed\nhint: check that the npm registry/m)
      assert.equal(exit, 1)
      assert.equal(npm.calls().length, time)
    }
  })

  it('says so where there is no npm', () => {
    const root = checkout('no-npm')
    rmSync(join(root, 'node_modules', '.peel-lock'))
    const { stderr, exit } = run(root, NO_TASK, { path: join(folder, 'nowhere') })
    assert.match(stderr, /^error: there is no npm here\nhint: install Node with npm/m)
    assert.equal(exit, 1)
  })
})

describe('bin/peel.mjs', () => {
  it('works from any folder and through a link, with no setting at all', () => {
    const link = join(folder, 'peel')
    symlinkSync(join(ROOT, 'bin', 'peel.mjs'), link)
    const { stdout, status } = spawnSync(process.execPath, [link, 'help'], {
      cwd: '/',
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin' },
    })
    assert.equal(status, 0)
    assert.match(stdout, /^Peel takes from a phone only what has been authorised/)
  })
})
