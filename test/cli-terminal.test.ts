import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, describe, it } from 'node:test'
import { Shell } from './transcript.ts'

const ESCAPE = '\u001b'
const hasScript = spawnSync('sh', ['-c', 'command -v script']).status === 0
const skip = hasScript ? false : 'not installed: script'

/** A command as typed on a pseudo terminal of 80 columns: everything, stderr too, comes out as one. */
function onTerminal(command: string): string {
  return `script -qec 'stty cols 80; ${command}' /dev/null < /dev/null`
}

describe('on a terminal', { skip }, () => {
  const shell = new Shell({ TERM: 'xterm-256color' })
  after(() => shell.close())
  shell.run('cp "$DOCS/examples/authorisation.yaml" .')

  it('there is colour', () => {
    const { stdout } = shell.run(onTerminal('peel check authorisation.yaml'))
    assert.ok(
      stdout.includes(`${ESCAPE}[1mA/2026/0142, version 1${ESCAPE}[22m: ${ESCAPE}[32mvalid${ESCAPE}[39m`),
      stdout,
    )
  })

  it('there is none with NO_COLOR, nor in an error', () => {
    for (const command of ['peel check authorisation.yaml', 'peel check nowhere.yaml'])
      assert.ok(!shell.run(onTerminal(command), { NO_COLOR: '1' }).stdout.includes(ESCAPE), command)
  })

  it('an error is marked in colour', () => {
    assert.ok(shell.run(onTerminal('peel check nowhere.yaml')).stdout.includes(`${ESCAPE}[31merror:${ESCAPE}[39m`))
  })

  it('paragraphs are broken between words', () => {
    const { stdout } = shell.run(onTerminal('peel check authorisation.yaml'), { NO_COLOR: '1' })
    const lines = stdout.split(/\r?\n/)
    assert.ok(lines.length > 20)
    for (const line of lines) assert.ok(line.length <= 80, line)
  })
})

describe('elsewhere', () => {
  const shell = new Shell({ TERM: 'xterm-256color' })
  after(() => shell.close())
  shell.run('cp "$DOCS/examples/authorisation.yaml" .')

  it('there is no colour, and a paragraph is one line', () => {
    const { stdout } = shell.run('peel check authorisation.yaml')
    assert.ok(!stdout.includes(ESCAPE))
    assert.match(stdout, /^C1, .*: taken\.$/m)
  })
})
