// The tasks behind `npm start`, `npm test` and their like, run by the project's own Node with everything installed.
import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { foreignTools } from './foreign-tools.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [task = 'start', ...rest] = process.argv.slice(2)

/** A test that takes longer, in milliseconds, hangs: it fails then, instead of keeping everything else waiting. */
const HUNG = '--test-timeout=1500000'

const TASKS = {
  start: () => node('--max-semi-space-size=8', 'src/bin/peel.ts', 'serve', ...rest),
  show: () => node('src/bin/show.ts', ...rest),
  check: () =>
    inTurn(format, lint, types, () => tests(['src/**/*.test.ts', 'test/architecture.test.ts', 'test/docs.test.ts'])),
  test: () => {
    foreignTools()
    return inTurn(format, lint, types, () => tests(rest.length > 0 ? rest : ['src/**/*.test.ts', 'test/**/*.test.ts']))
  },
  bench: () => {
    foreignTools()
    return node('bench/bench.ts', ...rest)
  },
  fuzz: () =>
    inTurn(
      ...globSync('fuzz/*.fuzz.ts', { cwd: root })
        .sort()
        .map((file) => () => node(file, ...rest)),
    ),
}

const run = TASKS[task]
if (run === undefined) {
  console.error(`error: there is no task ${task}\nhint: one of ${Object.keys(TASKS).join(', ')}`)
  process.exit(2)
}
process.exit(run())

function format() {
  return tool('biome', 'format', '.')
}

function lint() {
  return tool('oxlint', '--deny-warnings')
}

function types() {
  return tool('tsc', '-p', '.')
}

function tests(patterns) {
  // The longest first, so that no core waits for the last one.
  const isLong = (file) => file.includes('scope-obedience')
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).sort()
  files.sort((a, b) => Number(isLong(b)) - Number(isLong(a)))
  const steady = files.filter((file) => !isMoody(file))
  const moody = files.filter(isMoody)
  return inTurn(
    ...(steady.length > 0 ? [() => node('--test', '--test-concurrency=2', HUNG, ...steady)] : []),
    ...(moody.length > 0 ? [() => onceMore(moody)] : []),
  )
}

/** Tests that drive a browser or the whole story, or kill processes at moments, have a whole machine for a part. */
function isMoody(file) {
  return /^test\/(journeys|faults)\/|on-a-server|^src\/server\/(routes|pages)\.test/.test(file)
}

/** What fails of them is tried once more, and the runner says of every test at which attempt it passed. A second failure is one. */
function onceMore(files) {
  const folder = mkdtempSync(join(tmpdir(), 'peel-attempts-'))
  const run = () =>
    node('--test', '--test-concurrency=2', HUNG, `--test-rerun-failures=${join(folder, 'attempts.json')}`, ...files)
  const first = run()
  if (first !== 0) console.error('\nWhat failed is tried once more.\n')
  const code = first === 0 ? 0 : run()
  rmSync(folder, { recursive: true, force: true })
  return code
}

function inTurn(...steps) {
  for (const step of steps) {
    const code = step()
    if (code !== 0) return code
  }
  return 0
}

function tool(name, ...args) {
  return spawn(join(root, 'node_modules', '.bin', name), args)
}

function node(...args) {
  return spawn(process.execPath, args)
}

function spawn(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1
}
