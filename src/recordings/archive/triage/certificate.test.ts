import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { type BatchItem, rootOf } from './batch.ts'
import { leavesOf, recordingsCertificate, type RecordingsDestruction } from './certificate.ts'

const AT = '2026-11-21T10:00:00.000Z'
const item = (at: number, more: Partial<BatchItem> = {}): BatchItem => ({
  id: `item-${at}`,
  mark: String(at).repeat(64),
  sha256: 'a'.repeat(64),
  bytes: 1000,
  class: 'E',
  rule: 'no_tie',
  decision: 'matching:1',
  ...more,
})
const items = [item(1), item(2), item(3, { class: 'F', rule: 'exact_copy', follows: 'item-2' })]
const told: RecordingsDestruction = {
  archive: '00000000-0000-4000-8000-000000000001',
  batch: '00000000-0000-4000-8000-000000000002',
  root: rootOf(items),
  items,
  duration_ms: 5_400_000,
  duration_unknown: 1,
  proposed: { role: 'records_reviewer', person: 'b'.repeat(64), at: AT },
  approved: [{ role: 'information_asset_owner', person: 'c'.repeat(64), at: AT }],
  sample: { id: '00000000-0000-4000-8000-000000000003', looked: 3, wrong: 0, at_most: 0.64 },
  times: { matched: AT, keys_destroyed: AT, verified: AT },
  generations: { before: 1, after: 2 },
  epochs: { before: 7, after: 8 },
  verified: {
    files_absent: 3,
    entries_without_key: 3,
    old_details: 'closed',
    inventory: 'absent',
    keys_tried: 4,
    others_sealed_anew: 9,
  },
  places: [{ kind: 'cloud', found: 'gone', count: 2 }],
  exceptions: { likely_copies_left: 1 },
  log: { origin: 'log.test.example', index: 12 },
  at: AT,
}

test('E14: a certificate of recordings says how many, how long and by which rule, and of nobody', () => {
  const { bytes, digest } = recordingsCertificate({ ...told, note: '07700 900123' } as RecordingsDestruction)
  const said = JSON.parse(bytes.toString()) as Record<string, unknown>
  assert.equal(said['format'], 'peel-recordings-certificate/1')
  assert.deepEqual(
    [said['count'], said['bytes'], said['hours'], said['classes'], said['rules']],
    [3, 3000, 1.5, { E: 2, F: 1 }, { exact_copy: 1, no_tie: 2 }],
  )
  assert.equal(digest, createHash('sha256').update(bytes).digest('hex'))
  assert.doesNotMatch(bytes.toString(), /item-|07700/)
})

test('E14: its root is that of RFC 6962 over the lines of the leaves', () => {
  const lines = leavesOf(items).trimEnd().split('\n')
  const sha = (prefix: number, ...parts: (Buffer | string)[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256').update(Buffer.of(prefix))).digest()
  const [a, b, c] = lines.map((line) => sha(0, line))
  assert.equal(sha(1, sha(1, a!, b!), c!).toString('hex'), told.root)
})

test('E14, H14: what could hold a name or a number, or one person twice, is not certified', () => {
  const wrong: Partial<RecordingsDestruction>[] = [
    { archive: '07700900123' },
    { proposed: { ...told.proposed, person: 'pc4321' } },
    { approved: [] },
    { approved: [{ ...told.approved[0]!, person: told.proposed.person }] },
    { approved: [told.approved[0]!, told.approved[0]!] },
    { places: [{ kind: 'the phone of Sam Smith', found: 'gone', count: 1 }] },
    { exceptions: { 'Sam Smith': 1 } },
    { verified: { ...told.verified, files_absent: 2 } },
    { epochs: { before: 8, after: 8 } },
    { at: 'today' },
    { items: [] },
    { items: items.slice(1) },
  ]
  for (const one of wrong)
    assert.throws(() => recordingsCertificate({ ...told, ...one }), { code: 'NOT_OF_ITS_FORM' }, JSON.stringify(one))
})
