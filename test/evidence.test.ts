import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { type Act, POLICY } from '../src/access/index.ts'
import { PATHS } from '../src/server/paths.ts'
import { ROUTES } from '../src/server/routes.ts'

test('C1: every control names its evidence, in a map that is made from the code itself', () => {
  const script = resolve(import.meta.dirname, '../scripts/evidence.mjs')
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
})

test('C1: nothing that alters or decides anything is done without evidence', () => {
  // Answers that are kept until the last page of a form is sent, and a paper that was logged when it was made.
  const NOTHING_YET: ReadonlySet<string> = new Set([
    PATHS.deviceNewStep,
    PATHS.noticeChoose,
    PATHS.agreementAnswer,
    PATHS.receiptPdf,
    // Files that are handed in one after the other: logged when somebody asks that they are read.
    PATHS.fleetImportNew,
    PATHS.fleetImportFiles,
    PATHS.fleetImportColumns,
    // Logged by the worker that takes it up, before anything is read.
    PATHS.extractionStart,
  ])
  for (const { method, path, who, logs } of ROUTES)
    if (method !== 'GET' && who in POLICY && !NOTHING_YET.has(path))
      assert(logs.length > 0 || POLICY[who as Act].effect === 'see', `${method} ${path} (${who}) leaves nothing`)
})
