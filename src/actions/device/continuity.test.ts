import assert from 'node:assert/strict'
import { test } from 'node:test'
import { custodyGaps } from './continuity.ts'

const hour = 3_600_000
const entry = (id: number, kind: string, seals: { seal?: string; found?: string; late?: number } = {}) => ({
  id,
  kind,
  happened_at: new Date(id * hour),
  recorded_at: new Date((id + (seals.late ?? 0)) * hour),
  seal: seals.seal ?? null,
  seal_found: seals.found ?? null,
})

test('F9: a record in which every seal is the one put on has no gaps', () => {
  const events = [
    entry(1, 'received', { seal: 'S1' }),
    entry(2, 'moved', { found: 'S1', seal: 'S2' }),
    entry(3, 'loan_given'),
    entry(4, 'moved', { found: 'S2' }),
    entry(5, 'returned', { found: 'S2' }),
  ]
  assert.deepEqual(custodyGaps(events), [])
})

test('F9: a seal that differs, one that nobody looked at, and a late entry are shown where they are', () => {
  const events = [
    entry(1, 'received', { seal: 'S1', late: 13 }),
    entry(2, 'moved', { found: 'S9' }),
    entry(3, 'returned'),
  ]
  assert.deepEqual(custodyGaps(events), [
    { code: 'LATE_ENTRY', entry: 1 },
    { code: 'SEAL_DIFFERS', entry: 2 },
    { code: 'SEAL_NOT_CHECKED', entry: 3 },
  ])
})

test('F9: where nothing was ever sealed there is no seal to look at', () => {
  assert.deepEqual(custodyGaps([entry(1, 'received'), entry(2, 'moved'), entry(3, 'returned')]), [])
})
