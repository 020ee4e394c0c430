import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { test } from 'node:test'

test('every row of the law has a test or a reason why not, and docs/law-coverage.md says so', () => {
  const script = resolve(import.meta.dirname, '../scripts/law-coverage.mjs')
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
})
