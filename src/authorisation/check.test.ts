import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { canonical } from '../records/index.ts'
import {
  generateKey,
  IN_TOTO,
  joinEnvelope,
  openEnvelope,
  type PrivateKey,
  preAuthenticationEncoding,
  publicKeyOf,
  readPublicKeys,
  sealEnvelope,
  writeEnvelope,
} from '../signature/index.ts'
import { aDocument } from './a-document.ts'
import type { Authorisation } from './authorisation.ts'
import { authorise } from './authorise.ts'
import { type CheckFacts, checkAuthorisation } from './check.ts'
import { compareDevice, imei } from './device.ts'
import { parseAuthorisation } from './parse.ts'
import { readStatement, writeStatement } from './statement.ts'

const [jo, sam, eve] = [1, 2, 3].map((byte) => generateKey(new Uint8Array(32).fill(byte)))
assert(jo && sam && eve)
const trust = [publicKeyOf(jo), publicKeyOf(sam)]
const NOW = Date.parse('2026-03-21T00:00:00Z')
const DEVICE = { serial: 'F2LXK0ABCD' }
const facts: CheckFacts = { trust, now: NOW, device: DEVICE }

function signed(document: Authorisation = aDocument(), requester: PrivateKey = jo as PrivateKey): string {
  return writeEnvelope(authorise(document, requester, sam as PrivateKey))
}

function codes(envelope: string, changes: Partial<CheckFacts> = {}): string[] {
  const decision = checkAuthorisation(envelope, { ...facts, ...changes })
  return decision.granted ? [] : decision.refusals.map(({ code }) => code)
}

/** Signs a statement as nobody here would: for what a dishonest signer could do. */
function sealed(payload: string | Uint8Array, signers: readonly PrivateKey[] = [jo as PrivateKey, sam as PrivateKey]) {
  return writeEnvelope(sealEnvelope(IN_TOTO, typeof payload === 'string' ? Buffer.from(payload) : payload, signers))
}

describe('a signed authorisation', () => {
  it('grants its scope, and says what it is and who signed', () => {
    const envelope = signed()
    const decision = checkAuthorisation(envelope, facts)
    assert(decision.granted)
    assert.deepEqual(decision.authorisation, aDocument())
    assert.deepEqual(decision.scope, aDocument().scope)
    assert.deepEqual(decision.roles, { requester: jo.keyid, authoriser: sam.keyid })
    assert.equal(decision.digest, hash('sha256', openEnvelope(envelope).payload, 'hex'))
  })

  it('is the same file whenever the same people sign the same document', () => {
    assert.equal(signed(), signed())
    const reordered = parseAuthorisation(stringify(aDocument(), { sortMapEntries: true })).authorisation
    assert.equal(signed(reordered), signed())
  })

  it('is an in-toto statement about the canonical document', () => {
    const statement = JSON.parse(Buffer.from(openEnvelope(signed()).payload).toString())
    assert.deepEqual(Object.keys(statement).sort(), ['_type', 'predicate', 'predicateType', 'subject'])
    assert.equal(statement['_type'], 'https://in-toto.io/Statement/v1')
    assert.deepEqual(statement.subject, [
      { name: 'A/2026/0142', digest: { sha256: hash('sha256', canonical(aDocument()), 'hex') } },
    ])
  })

  it('comes back through YAML, JSON and signature as it was, for many documents', () => {
    fc.assert(
      fc.property(aDocumentOfMany, (document) => {
        const yaml = parseAuthorisation(stringify(document)).authorisation
        const json = parseAuthorisation(JSON.stringify(document, undefined, 2), { format: 'json' }).authorisation
        assert.deepEqual(yaml, document)
        assert.deepEqual(json, document)
        const decision = checkAuthorisation(signed(document), facts)
        assert(decision.granted)
        assert.deepEqual(decision.authorisation, document)
      }),
      { seed: 7, numRuns: 60 },
    )
  })

  it('is not made with one key or by one person', () => {
    assert.throws(() => authorise(aDocument(), jo, jo), { code: 'SAME_KEY' })
    const one = aDocument({ authorised_by: { id: 'PC 4321', name: 'x', rank: 'inspector' } })
    assert.throws(() => authorise(one, jo, sam), { code: 'SAME_PERSON' })
  })

  it('may be put together of two signatures made on two machines', () => {
    const payload = writeStatement(aDocument(), { requester: jo.keyid, authoriser: sam.keyid })
    const [his] = sealEnvelope(IN_TOTO, payload, [jo]).signatures
    const [hers] = sealEnvelope(IN_TOTO, payload, [sam]).signatures
    assert(his && hers)
    assert.equal(writeEnvelope(joinEnvelope(IN_TOTO, payload, [hers, his])), signed())
  })

  it('is verified by openssl, role by role', (t) => {
    if (spawnSync('openssl', ['version']).status !== 0) return t.skip('openssl is not installed')
    const folder = mkdtempSync(join(tmpdir(), 'peel-authorisation-'))
    try {
      const envelope = openEnvelope(signed())
      const statement = readStatement(envelope.payload)
      assert('roles' in statement)
      writeFileSync(join(folder, 'pae'), preAuthenticationEncoding(envelope.payloadType, envelope.payload))
      for (const [keyid, pem] of [
        [statement.roles.requester, jo.publicPem],
        [statement.roles.authoriser, sam.publicPem],
      ] as const) {
        const signature = envelope.signatures.find((one) => one.keyid === keyid)
        assert(signature)
        writeFileSync(join(folder, 'sig'), signature.sig)
        writeFileSync(join(folder, 'key.pem'), pem)
        const command = 'pkeyutl -verify -rawin -pubin -inkey key.pem -in pae -sigfile sig'
        assert.equal(spawnSync('openssl', command.split(' '), { cwd: folder }).status, 0)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a signed authorisation is refused', () => {
  it('when it is something else', () => {
    for (const text of ['', '{}', 'x', stringify(aDocument()), JSON.stringify(aDocument())])
      assert.deepEqual(codes(text), ['NOT_AN_AUTHORISATION'])
    const other = writeEnvelope(sealEnvelope('application/json', openEnvelope(signed()).payload, [jo, sam]))
    assert.deepEqual(codes(other), ['NOT_AN_AUTHORISATION'])
  })

  it('when any one byte of it is another', () => {
    const text = signed()
    assert.deepEqual(codes(text), [])
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 127 }), (at, by) => {
        const other = String.fromCharCode((text.charCodeAt(at) + by) % 128)
        const found = codes(text.slice(0, at) + other + text.slice(at + 1))
        assert.equal(found.length, 1)
        assert(
          ['NOT_AN_AUTHORISATION', 'SIGNATURE_INVALID', 'UNTRUSTED_KEY', 'SIGNATURE_MISSING'].includes(found[0] ?? ''),
        )
      }),
      { seed: 8, numRuns: 1500 },
    )
  })

  it('when it was altered after signing', () => {
    const { payload, payloadType, signatures } = openEnvelope(signed())
    const altered = Buffer.from(Buffer.from(payload).toString().replace('+447700900123', '+447700900124'))
    assert.notDeepEqual(altered, payload)
    assert.deepEqual(codes(writeEnvelope({ payload: altered, payloadType, signatures })), ['SIGNATURE_INVALID'])
  })

  it('when only one of the two has signed', () => {
    const { payload, payloadType, signatures } = openEnvelope(signed())
    for (const one of signatures)
      assert.deepEqual(codes(writeEnvelope({ payload, payloadType, signatures: [one] })), ['SIGNATURE_MISSING'])
    assert.deepEqual(codes(writeEnvelope({ payload, payloadType, signatures: [] })), ['SIGNATURE_MISSING'])
  })

  it('when signatures change places', () => {
    const { payload, payloadType, signatures } = openEnvelope(signed())
    const [first, second] = signatures
    assert(first && second)
    const swapped = [
      { keyid: first.keyid, sig: second.sig },
      { keyid: second.keyid, sig: first.sig },
    ]
    assert.deepEqual(codes(writeEnvelope({ payload, payloadType, signatures: swapped })), ['SIGNATURE_INVALID'])
  })

  it('when the roles are exchanged without both signing anew', () => {
    const { payloadType, signatures } = openEnvelope(signed())
    const payload = writeStatement(aDocument(), { requester: sam.keyid, authoriser: jo.keyid })
    assert.deepEqual(codes(writeEnvelope({ payload, payloadType, signatures })), ['SIGNATURE_INVALID'])
  })

  it('when a signer is not trusted', () => {
    assert.deepEqual(codes(signed(), { trust: [publicKeyOf(sam)] }), ['UNTRUSTED_KEY'])
    assert.deepEqual(codes(signed(), { trust: [] }), ['UNTRUSTED_KEY'])
    assert.deepEqual(codes(signed(aDocument(), eve)), ['UNTRUSTED_KEY'])
  })

  it('when a third has signed as well', () => {
    const payload = writeStatement(aDocument(), { requester: jo.keyid, authoriser: sam.keyid })
    assert.deepEqual(codes(sealed(payload, [jo, sam, eve])), ['SIGNATURE_UNEXPECTED'])
    assert.deepEqual(codes(sealed(payload, [jo, sam, eve]), { trust: [...trust, publicKeyOf(eve)] }), [
      'SIGNATURE_UNEXPECTED',
    ])
  })

  it('when one key stands in both roles', () => {
    const payload = writeStatement(aDocument(), { requester: jo.keyid, authoriser: jo.keyid })
    assert.deepEqual(codes(sealed(payload, [jo])), ['SAME_KEY'])
    assert.deepEqual(codes(sealed(payload)), ['SAME_KEY'])
  })

  it('when one person holds both keys', () => {
    const named = (text: (key: string) => string) =>
      readPublicKeys([jo, sam].map(({ publicLine }) => text(publicLine)).join('\n'))
    assert.deepEqual(codes(signed(), { trust: named((key) => `${key} Jo Ashdown`) }), ['SAME_PERSON'])
    assert.deepEqual(codes(signed(), { trust: named((key) => `${key} id:pc4321`) }), [
      'SAME_PERSON',
      'KEY_OF_ANOTHER_PERSON',
    ])
  })

  it('when the trust file gives a key to somebody else', () => {
    const lines = (one: string, two: string) => readPublicKeys(`${jo.publicLine} ${one}\n${sam.publicLine} ${two}`)
    assert.deepEqual(codes(signed(), { trust: lines('id:PC4321', 'id:insp77') }), [])
    assert.deepEqual(codes(signed(), { trust: lines('id:pc4321', 'id:insp78') }), ['KEY_OF_ANOTHER_PERSON'])
    assert.deepEqual(codes(signed(), { trust: lines('id:insp77', 'id:pc4321') }), ['KEY_OF_ANOTHER_PERSON'])
  })

  it('when what was signed breaks a rule', () => {
    const same = aDocument({ authorised_by: { id: 'pc4321', name: 'x', rank: 'inspector' } })
    const roles = { requester: jo.keyid, authoriser: sam.keyid }
    assert.deepEqual(codes(sealed(writeStatement(same, roles))), ['INVALID'])
    const sergeant = aDocument({ authorised_by: { id: 'x', name: 'x', rank: 'sergeant' } })
    assert.deepEqual(codes(sealed(writeStatement(sergeant, roles))), ['INVALID'])
    assert.deepEqual(codes(sealed(writeStatement(sergeant, roles)), { authorisingRanks: ['sergeant'] }), [])
  })

  it('when what was signed is not written in the one way', () => {
    const text = writeStatement(aDocument(), { requester: jo.keyid, authoriser: sam.keyid }).toString()
    const variants = [
      ` ${text}`,
      JSON.stringify(JSON.parse(text), undefined, 1),
      text.replace('"version":1', '"version":1.0'),
      text.replace('"version":1', '"version":1,"version":1'),
      text.replace('"subject":[{', '"subject":[{"extra":1,'),
      text.replace('"name":"A/2026/0142"', '"name":"A/2026/0143"'),
      text.replace('urn:peel:authorisation:1', 'urn:peel:authorisation:2'),
      text.replace('"roles":{', '"roles":{"other":1,'),
      `\uFEFF${text}`,
      'null',
      '[]',
      '"x"',
      '['.repeat(10_000),
      `{"predicate":{"authorisation":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`,
    ]
    for (const variant of variants) {
      assert.notEqual(variant, text)
      assert.deepEqual(codes(sealed(variant)), ['INVALID'], variant.slice(0, 60))
    }
    assert.deepEqual(codes(sealed(Buffer.from([0xff, 0xfe]))), ['INVALID'])
  })

  it('before its time, from its end on, and not in between', () => {
    const at = (time: string) => codes(signed(), { now: Date.parse(time) })
    assert.deepEqual(at('2026-03-20T11:59:59.999Z'), ['NOT_YET_VALID'])
    assert.deepEqual(at('2026-03-20T12:00:00.000Z'), [])
    assert.deepEqual(at('2026-04-20T11:59:59.999Z'), [])
    assert.deepEqual(at('2026-04-20T12:00:00.000Z'), ['EXPIRED'])
    assert.deepEqual(codes(signed(), { now: Number.NaN }), ['NOT_YET_VALID'])
  })

  it('for another device, and for one that does not say which it is', () => {
    assert.deepEqual(codes(signed(), { device: { serial: 'OTHER' } }), ['WRONG_DEVICE'])
    assert.deepEqual(codes(signed(), { device: {} }), ['DEVICE_UNKNOWN'])
    assert.deepEqual(codes(signed(), { device: undefined }), [])
    assert.deepEqual(codes(signed(), { device: { serial: ' f2lxk0abcd ' } }), [])
  })

  it('for every reason at once, so that none is found out only later', () => {
    const found = codes(signed(), { now: Date.parse('2030-01-01T00:00:00Z'), device: { serial: 'OTHER' } })
    assert.deepEqual(found, ['EXPIRED', 'WRONG_DEVICE'])
  })
})

describe('versions of an authorisation', () => {
  const first = signed()
  const digest = digestOf(first)
  const second = signed(aDocument({ version: 2, supersedes: digest }))
  const third = signed(aDocument({ version: 3, supersedes: digestOf(second) }))

  it('count by the last that is known', () => {
    assert.deepEqual(codes(first, { versions: [second] }), ['SUPERSEDED'])
    assert.deepEqual(codes(first, { versions: [third, first] }), ['SUPERSEDED'])
    assert.deepEqual(codes(second, { versions: [first, second] }), [])
    assert.deepEqual(codes(third, { versions: [first, second] }), [])
    assert.deepEqual(codes(third), [])
  })

  it('do not mind other authorisations', () => {
    const other = signed(aDocument({ reference: 'A/2026/0200', version: 2, supersedes: 'a'.repeat(64) }))
    assert.deepEqual(codes(first, { versions: [other] }), [])
  })

  it('are not believed when they contradict each other', () => {
    const fork = signed(aDocument({ necessity: 'something else' }))
    assert.deepEqual(codes(first, { versions: [fork] }), ['VERSIONS_CONFLICT'])
    assert.deepEqual(codes(second, { versions: [fork] }), ['VERSIONS_CONFLICT'])
  })

  it('are not passed over when one cannot be verified', () => {
    const foreign = signed(aDocument({ version: 2, supersedes: digest }), eve)
    for (const other of [foreign, '', second.slice(0, -5)])
      assert.deepEqual(codes(first, { versions: [other] }), ['VERSIONS_CONFLICT'])
  })

  it('grant nothing once withdrawn', () => {
    assert.deepEqual(codes(first, { withdrawn: [digest] }), ['WITHDRAWN'])
    assert.deepEqual(codes(second, { withdrawn: [digest] }), [])
  })
})

describe('a device', () => {
  const named = { exhibit: 'x', user_role: 'victim', description: 'x' } as const

  it('is compared by what the authorisation names, and by nothing else', () => {
    assert.equal(compareDevice(named, { serial: 'A', imei: ['490154203237518'] }), 'not_named')
    assert.equal(compareDevice({ ...named, imei: '490154203237518' }, { serial: 'A' }), 'unknown')
    assert.equal(compareDevice({ ...named, imei: '490154203237518' }, { imei: [] }), 'unknown')
    assert.equal(compareDevice({ ...named, imei: '490154203237518' }, { imei: ['not an imei'] }), 'unknown')
  })

  it('is another when one of two names differs', () => {
    const both = { ...named, serial: 'A', imei: '490154203237518' }
    assert.equal(compareDevice(both, { serial: 'A', imei: ['350000000000006'] }), 'different')
    assert.equal(compareDevice(both, { serial: 'B', imei: ['490154203237518'] }), 'different')
    assert.equal(compareDevice(both, { serial: 'A' }), 'unknown')
    assert.equal(compareDevice(both, { serial: 'A', imei: ['490154203237518'] }), 'same')
  })

  it('has one IMEI in all its writings, and either of two', () => {
    for (const text of [
      '490154203237518',
      '49015420323751',
      '4901542032375101',
      '49-015420-323751-8',
      '49 015420 323751 8',
    ])
      assert.equal(imei(text), '49015420323751', text)
    for (const text of ['', '4901542032375', '490154203237517', 'x', '49015420323751012'])
      assert.equal(imei(text), undefined, text)
    const two = { imei: ['350000000000006', '49015420323751'] }
    assert.equal(compareDevice({ ...named, imei: '490154203237518' }, two), 'same')
  })
})

function digestOf(envelope: string): string {
  return hash('sha256', openEnvelope(envelope).payload, 'hex')
}

const aText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => {
  const { problems } = parseAuthorisation(JSON.stringify(aDocument({ necessity: text })))
  return problems === undefined
})

const aDocumentOfMany = fc
  .record({
    necessity: aText,
    reference: aText,
    words: fc.uniqueArray(aText, { minLength: 1, maxLength: 4 }),
    lat: fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value + 0),
    context: fc.option(fc.nat(1000), { nil: undefined }),
    attachments: fc.option(fc.boolean(), { nil: undefined }),
    every: fc.boolean(),
    empty: fc.boolean(),
  })
  .map(({ necessity, reference, words, lat, context, attachments, every, empty }) => {
    const [clause] = aDocument().scope
    const containing = every ? { all: words } : { any: words }
    const near = { lat: Object.is(lat, -0) ? 0 : lat, lon: 0, radius_metres: 1 }
    const changed = JSON.parse(JSON.stringify({ ...clause, context, attachments, containing, near }))
    return aDocument({ necessity, reference, scope: empty ? [] : [changed] })
  })
