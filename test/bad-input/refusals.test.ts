import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { writeStatement } from '../../src/authorisation/index.ts'
import {
  generateKey,
  IN_TOTO,
  joinEnvelope,
  type PrivateKey,
  signPayload,
  writeEnvelope,
} from '../../src/signature/index.ts'
import { authorisationFor, installation } from '../extract-with.ts'
import {
  authorisationFile,
  authorisationWith,
  EVERYTHING,
  extract,
  phone,
  place,
  trustFile,
  written,
} from './ground.ts'
import { failsClearly } from './peel.ts'

// Where no source is needed to refuse, the source is one that is not there: opening it would be another error, exit 3.

const DEVICE = { exhibit: 'AB/1', user_role: 'victim', description: 'phone, black' } as const

async function refused(authorisation: string, why: RegExp, more: readonly string[] = []): Promise<void> {
  const out = place('out.peel')
  const nowhere = place('no-phone')
  failsClearly(await extract(nowhere, out, ['--authorisation', authorisation, ...more]), 4, why)
  assert.ok(!existsSync(out) && !existsSync(`${out}.unfinished`))
}

test('an expired authorisation is refused before the source is touched', async () => {
  const valid = { from: '2026-03-20T12:00:00Z', until: '2026-03-21T12:00:00Z' }
  await refused(authorisationWith({ valid }), /its time has ended/)
})

test('so is one that is not yet valid', async () => {
  const valid = { from: '2199-03-20T12:00:00Z', until: '2199-03-21T12:00:00Z' }
  await refused(authorisationWith({ valid }), /its time has not begun/)
})

test('so is one that was altered, whichever byte it was', async () => {
  const sound = readFileSync(authorisationFile)
  for (const part of [0.05, 0.3, 0.5, 0.7, 0.9, 0.99]) {
    const altered = Buffer.from(sound)
    const at = Math.floor(altered.length * part)
    altered[at] = altered[at] === 0x41 ? 0x42 : 0x41
    await refused(written('altered.json', altered), /refused: /)
  }
})

test('so is one whose scope somebody widened and wrote back', async () => {
  const envelope = JSON.parse(readFileSync(authorisationFile, 'utf8')) as { payload: string }
  const text = Buffer.from(envelope.payload, 'base64').toString().replace('"message",', '"message","location",')
  const widened = { ...envelope, payload: Buffer.from(text).toString('base64') }
  await refused(written('widened.json', `${JSON.stringify(widened)}\n`), /a signature does not fit/)
})

test('so is one with a single signature', async () => {
  const envelope = JSON.parse(readFileSync(authorisationFile, 'utf8')) as { signatures: object[] }
  for (const at of [0, 1]) {
    const single = { ...envelope, signatures: [envelope.signatures[at]] }
    await refused(written('single.json', `${JSON.stringify(single)}\n`), /one of the two signatures is not there/)
  }
  await refused(
    written('none.json', `${JSON.stringify({ ...envelope, signatures: [] })}\n`),
    /one of the two signatures is not there/,
  )
})

function signedBy(requester: PrivateKey, authoriser: PrivateKey, signers: readonly PrivateKey[]): string {
  const payload = writeStatement(authorisationFor(EVERYTHING), {
    requester: requester.keyid,
    authoriser: authoriser.keyid,
  })
  const signatures = signers.map((key) => signPayload(IN_TOTO, payload, key))
  return written('signed.json', writeEnvelope(joinEnvelope(IN_TOTO, payload, signatures)))
}

test('so is one in which one key has both roles', async () => {
  const key = generateKey()
  await refused(signedBy(key, key, [key]), /one key signs in both roles/, ['--trust', written('t', key.publicLine)])
})

test('so is one by keys that nobody trusts, or of which only one is trusted', async () => {
  const [a, b] = [generateKey(), generateKey()]
  const both = signedBy(a, b, [a, b])
  await refused(both, /not among those trusted/)
  await refused(both, /not among those trusted/, ['--trust', written('t', a.publicLine)])
})

test('so is one with the signature of a third', async () => {
  const [a, b] = [generateKey(), generateKey()]
  const keys = written('t', [a, b, installation].map(({ publicLine }) => publicLine).join('\n'))
  await refused(signedBy(a, b, [a, b, installation]), /a key that has no role in it/, ['--trust', keys])
})

test('so is one that a later version replaces', async () => {
  const { payload } = JSON.parse(readFileSync(authorisationFile, 'utf8')) as { payload: string }
  const { hash } = await import('node:crypto')
  const supersedes = hash('sha256', Buffer.from(payload, 'base64'))
  const later = authorisationWith({ version: 2, supersedes })
  await refused(authorisationFile, /a later version of it is known/, ['--version', later])
})

test('a manifest of an extract, signed by a trusted key, is no authorisation', async () => {
  const { phone: source } = await phone('ios-files')
  const out = place('out.peel')
  assert.equal((await extract(source, out)).code, 0)
  await refused(`${out}/manifest.dsse.json`, /refused: /)
})

test('an authorisation for another device is refused, and nothing is written', async () => {
  for (const [kind, device] of [
    ['ios-backup', { ...DEVICE, serial: 'F2LXK0ABCD' }],
    ['ios-files', { ...DEVICE, imei: '350000000000014' }],
  ] as const) {
    const { phone: source, secrets } = await phone(kind)
    const out = place('out.peel')
    const other = authorisationWith({ device })
    failsClearly(await extract(source, out, ['--authorisation', other]), 4, /another device/, secrets)
    assert.ok(!existsSync(out) && !existsSync(`${out}.unfinished`))
  }
})

test('an authorisation for one device is refused where the source does not say which it is', async () => {
  const { phone: source, secrets } = await phone('ios-files')
  const out = place('out.peel')
  const named = authorisationWith({ device: { ...DEVICE, serial: 'F2LXK0ABCD' } })
  const loose = `${source}/private/var/mobile/Library/SMS/sms.db`
  failsClearly(await extract(loose, out, ['--authorisation', named]), 4, /does not say which device/, secrets)
  assert.ok(!existsSync(out) && !existsSync(`${out}.unfinished`))
})

test('with --json a refusal says its codes on stdout, and the same words on stderr', async () => {
  const valid = { from: '2026-03-20T12:00:00Z', until: '2026-03-21T12:00:00Z' }
  const ran = await extract(place('no-phone'), place('o'), ['--json', '--authorisation', authorisationWith({ valid })])
  failsClearly(ran, 4, /its time has ended/)
  const { granted, refusals } = JSON.parse(ran.stdout) as { granted: boolean; refusals: { code: string }[] }
  assert.equal(granted, false)
  assert.deepEqual(
    refusals.map(({ code }) => code),
    ['EXPIRED'],
  )
})

test('a trust file that holds a private key, nonsense or nothing is said to be so', async () => {
  const at = (text: string) => ['--trust', written('trust.txt', text)]
  const out = place('out.peel')
  failsClearly(await extract('x', out, at(generateKey().privatePem)), 2, /private key/)
  failsClearly(await extract('x', out, at('ssh-ed25519 AAAA')), 2, /trust file/)
  failsClearly(await extract('x', out, at('# nobody\n')), 2, /no key to trust/)
  failsClearly(await extract('x', out, ['--trust', `${trustFile},${place('none')}`]), 2, /is not there/)
})
