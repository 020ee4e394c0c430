import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  generateKey,
  IN_TOTO,
  openEnvelope,
  publicKeyOf,
  SignatureError,
  sealEnvelope,
  writeEnvelope,
} from '../signature/index.ts'
import { type EventParts, openEvent, sealEvent } from './envelope.ts'
import { EventError } from './errors.ts'
import { someEvent } from './random-events.fixture.ts'

const key = generateKey(new Uint8Array(32).fill(1))
const other = generateKey(new Uint8Array(32).fill(2))
const nonce = new Uint8Array(32).fill(7)
const EVENT: EventParts<'case.opened'> = {
  kind: 'case.opened',
  at: new Date('2026-11-22T09:30:15.123Z'),
  actor: 'pc4321',
  subject: [],
  details: { case: 'c-1', investigator: 'pc4321' },
  nonce,
}

describe('an event', () => {
  it('comes back from its envelope as it was, of every kind', () => {
    const subjects = fc.array(
      fc.record(
        { name: fc.constantFrom('manifest', 'notice'), digest: fc.constantFrom('0'.repeat(64), 'f'.repeat(64)) },
        { noNullPrototype: true },
      ),
      { maxLength: 3 },
    )
    fc.assert(
      fc.property(someEvent, subjects, fc.boolean(), ({ kind, details }, subject, follows) => {
        const previous = follows ? { previous: 'A'.repeat(43) } : {}
        const parts = { ...EVENT, kind, details, subject, ...previous } as EventParts
        const sealed = sealEvent(parts, key)
        const { signedBy, digest, ...read } = openEvent(sealed.envelope, [publicKeyOf(key)])
        const { nonce: _, ...sent } = parts
        assert.deepEqual(read, sent)
        assert.deepEqual(signedBy, [key.keyid])
        assert.equal(digest, sealed.digest)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('is an in-toto statement about something, whose digest is that of the bytes', () => {
    const { envelope, digest } = sealEvent(EVENT, key)
    assert.equal(digest, hash('sha256', Buffer.from(envelope), 'base64url'))
    const statement = JSON.parse(Buffer.from(openEnvelope(envelope).payload).toString()) as Record<string, unknown>
    assert.equal(statement['_type'], 'https://in-toto.io/Statement/v1')
    assert.equal(statement['predicateType'], 'urn:peel:event:1')
    assert.equal((statement['subject'] as unknown[]).length, 1)
    assert.deepEqual(Object.keys(statement['predicate'] as object), ['actor', 'at', 'details', 'kind', 'nonce'])
  })

  it('has another digest with another nonce, so that nobody can guess what a leaf stands for', () => {
    const again = sealEvent({ ...EVENT, nonce: new Uint8Array(32).fill(8) }, key)
    assert.notEqual(again.digest, sealEvent(EVENT, key).digest)
    assert.equal(sealEvent(EVENT, key).digest, sealEvent(EVENT, key).digest)
  })

  it('says that nobody signed it whose key is not given, or where the signature is of another', () => {
    const { envelope } = sealEvent(EVENT, key)
    assert.deepEqual(openEvent(envelope, [publicKeyOf(other)]).signedBy, [])
    const { payload } = openEnvelope(envelope)
    const [signature] = openEnvelope(sealEvent({ ...EVENT, actor: 'pc1' }, key).envelope).signatures
    assert(signature)
    const swapped = writeEnvelope({ payloadType: IN_TOTO, payload, signatures: [signature] })
    assert.deepEqual(openEvent(swapped, [publicKeyOf(key)]).signedBy, [])
  })

  it('is not signed where it is not as the registry has it', () => {
    const bad: [Partial<Record<keyof EventParts, unknown>>, string][] = [
      [{ kind: 'case.lost' }, 'UNKNOWN_KIND'],
      [{ details: { case: 'c-1' } }, 'BAD_DETAILS'],
      [{ actor: 'Sam Field' }, 'BAD_EVENT'],
      [{ actor: '' }, 'BAD_EVENT'],
      [{ nonce: new Uint8Array(16) }, 'BAD_EVENT'],
      [{ previous: 'x' }, 'BAD_EVENT'],
      [{ subject: [{ name: '+447700900123', digest: '0'.repeat(64) }] }, 'BAD_EVENT'],
      [{ subject: [{ name: 'manifest', digest: '0'.repeat(63) }] }, 'BAD_EVENT'],
    ]
    for (const [change, code] of bad) {
      const parts = { ...EVENT, ...change } as unknown as EventParts
      assert.throws(() => sealEvent(parts, key), { name: 'EventError', code })
    }
  })

  it('is written in one way: whatever else an envelope holds is no event', () => {
    const payload = JSON.parse(
      Buffer.from(openEnvelope(sealEvent(EVENT, key).envelope).payload).toString(),
    ) as Statement
    const { predicate } = payload
    const [subject] = payload.subject
    const changed: unknown[] = [
      { ...payload, extra: 1 },
      { ...payload, predicateType: 'urn:peel:event:2' },
      { ...payload, subject: [] },
      { ...payload, subject: [subject, subject, null] },
      { ...payload, subject: [{ name: 'case.opened', digest: { sha512: '0'.repeat(64) } }] },
      { ...payload, predicate: { ...predicate, kind: 'case.closed' } },
      { ...payload, predicate: { ...predicate, at: '2026-11-22' } },
      { ...payload, predicate: { ...predicate, at: '2026-13-22T09:30:15.123Z' } },
      { ...payload, predicate: { ...predicate, extra: 1 } },
      { ...payload, predicate: { ...predicate, previous: null } },
      { ...payload, predicate: { ...predicate, nonce: `${'A'.repeat(42)}B` } },
      null,
      [],
      'x',
    ]
    const seal = (text: string | Uint8Array) =>
      writeEnvelope(sealEnvelope(IN_TOTO, typeof text === 'string' ? Buffer.from(text) : text, [key]))
    for (const one of changed)
      assert.throws(() => openEvent(seal(JSON.stringify(one)), []), { name: 'EventError', code: 'NOT_AN_EVENT' })
    assert.throws(() => openEvent(seal(` ${JSON.stringify(payload)}`), []), { code: 'NOT_AN_EVENT' })
    assert.throws(() => openEvent(seal(Buffer.of(0xff)), []), { code: 'NOT_AN_EVENT' })
    const otherType = writeEnvelope(sealEnvelope('text/plain', Buffer.from(JSON.stringify(payload)), [key]))
    assert.throws(() => openEvent(otherType, []), { code: 'NOT_AN_EVENT' })
  })

  it('is refused with a reason whatever the bytes, and nothing crashes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const envelope = writeEnvelope(sealEnvelope(IN_TOTO, Buffer.from(text), [key]))
        for (const one of [envelope, text])
          try {
            openEvent(one, [])
            assert.fail()
          } catch (error) {
            assert(error instanceof EventError || error instanceof SignatureError)
          }
      }),
      { seed: 2, numRuns: 500 },
    )
  })
})

interface Statement {
  readonly subject: readonly unknown[]
  readonly predicate: Readonly<Record<string, unknown>>
}
