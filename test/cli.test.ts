import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertPrinted, readTranscript, Shell } from './transcript.ts'

const FOLDER = join(import.meta.dirname, 'cli')

for (const name of globSync('*.txt', { cwd: FOLDER }).sort())
  test(`whoever types what stands in test/cli/${name} sees what stands there`, () => {
    const shell = new Shell()
    try {
      for (const { line, command, stdout, stderr, exit } of readTranscript(readFileSync(join(FOLDER, name), 'utf8'))) {
        const ran = shell.run(command)
        const says = `${name}:${line}: ${command}\n${ran.stderr}`
        assertPrinted(ran.stdout, stdout, says)
        assertPrinted(ran.stderr, stderr, says)
        assert.equal(ran.exit, exit, says)
      }
    } finally {
      shell.close()
    }
  })
