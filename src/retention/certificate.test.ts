import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonical } from '../records/index.ts'
import { certificate, type Destruction } from './certificate.ts'

const one: Destruction = {
  extract: '01JX7Q4T',
  root: 'a'.repeat(64),
  authorisation: 'b'.repeat(64),
  records: { message: 412, call: 9 },
  files: 31,
  schedule: { version: 1, digest: 'c'.repeat(64) },
  reasons: ['not_relevant', 'floor_passed'],
  proposed: { role: 'records_reviewer', person: 'p-17', at: '2026-11-20T09:00:00Z' },
  approved: { role: 'information_asset_owner', person: 'p-4', at: '2026-11-21T09:00:00Z' },
  method: 'key_destroyed',
  epochs: { before: 3, after: 4 },
  copies: [{ id: 'backup-2', found: 'cannot_be_opened' }],
  log: { origin: 'peel.example/log', index: 90210 },
  at: '2026-11-22T10:00:00Z',
}

test('a certificate is canonical, the same each time, and carries nothing that it was not made for', () => {
  const { json, digest } = certificate(one)
  assert.equal(json, canonical(JSON.parse(json)))
  assert.match(digest, /^[0-9a-f]{64}$/)
  const more = { ...one, note: 'Sam Field', proposed: { ...one.proposed, name: 'Jo Ashdown' } }
  assert.equal(certificate(more).digest, digest)
})

test('one person cannot propose and approve, however the id is written', () => {
  assert.throws(() => certificate({ ...one, approved: { ...one.approved, person: 'P17' } }), { code: 'SAME_PERSON' })
})

test('no member takes words: a name, a number or a sentence is refused', () => {
  const refused = (changes: Partial<Destruction>) =>
    assert.throws(() => certificate({ ...one, ...changes }), { code: 'CERTIFICATE_INVALID' })
  refused({ extract: 'phone of Jo Ashdown' })
  refused({ extract: '+447700900123' })
  refused({ extract: '07700900123' })
  refused({ method: 'rewritten_without' })
  refused({ root_after: 'd'.repeat(64) })
  refused({ reasons: ['not needed any more'] })
  refused({ reasons: [] })
  refused({ copies: [{ id: 'Sam’s laptop', found: 'gone' }] })
  refused({ epochs: { before: 4, after: 4 } })
  refused({ at: '2026-11-22' })
})
