import assert from 'node:assert/strict'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openSource } from '../src/acquisition/index.ts'
import {
  type Manifest,
  type RemovalReason,
  resealExtract,
  type SignedManifest,
  signManifest,
} from '../src/extraction/index.ts'
import { createKeyring, FileEpochKeys } from '../src/keyring/index.ts'
import type { PeelRecord } from '../src/records/index.ts'
import { makeSample } from '../src/sample/index.ts'
import { openEnvelope } from '../src/signature/index.ts'
import { ContainerReader, readManifest } from '../src/vault/index.ts'
import { verifyExtract } from '../src/verify/index.ts'
import { extractWith, grantFor, installation, trust } from './extract-with.ts'

// An extract of a whole small phone, from which records are removed; its keys are in a keyring, as in the service.

const folder = mkdtempSync(join(tmpdir(), 'peel-reseal-'))
after(() => rmSync(folder, { recursive: true }))

const keyring = await createKeyring({
  folder: join(folder, 'keyring'),
  epochKeys: new FileEpochKeys(join(folder, 'epochs')),
  now: () => new Date('2026-05-01T00:00:00.000Z'),
})
const sample = await makeSample('ios-files', join(folder, 'sample'), { messages: 300, seed: 'reseal' })
const source = await openSource(sample.phone, {})
const whole = join(folder, 'whole.peel')
await extractWith({
  source,
  grant: grantFor([{ id: 'C1', records: ['message', 'call', 'media_item'], attachments: true }]),
  recipient: await keyring.createExtractKey('whole'),
  out: whole,
})
await source.close()

async function look(dir: string, id: string) {
  return keyring.useExtractIdentity(id, async (identity) => {
    const reader = await ContainerReader.open(dir, [identity])
    try {
      return {
        records: [...reader.records()].map(({ json }) => JSON.parse(json) as PeelRecord),
        jsons: [...reader.records()].map(({ json }) => json),
        payloads: reader.payloads().map(({ sha256 }) => Buffer.from(sha256).toString('hex')),
        files: reader.sourceFiles().map(({ path }) => path),
      }
    } finally {
      reader.close()
    }
  })
}

const manifestOf = (dir: string) =>
  (JSON.parse(openEnvelope(readManifest(dir)).payload.toString()) as { predicate: SignedManifest }).predicate

const verifyWith = (dir: string, id: string) =>
  keyring.useExtractIdentity(id, (identity) => verifyExtract(dir, { trust, identities: [identity] }))

const notPassed = async (dir: string, id: string) =>
  (await verifyWith(dir, id))
    .filter(({ result }) => result !== 'passed')
    .map(({ name, detail }) => `${name}: ${detail}`)

const reseal = async (
  from: string,
  fromId: string,
  to: string,
  remove: readonly { id: string; reason: RemovalReason }[],
  sign = (manifest: Manifest) => signManifest(manifest, installation),
) => {
  const recipient = await keyring.createExtractKey(to)
  return keyring.useExtractIdentity(fromId, (identity) =>
    resealExtract({
      dir: from,
      identities: [identity],
      recipients: [recipient],
      out: join(folder, `${to}.peel`),
      remove,
      tool: { name: 'peel', version: '0.0.1', commit: 'test' },
      sign,
      clock: () => Date.parse('2026-05-01T00:00:00Z'),
    }),
  )
}

const before = await look(whole, 'whole')
const withMedia = before.records.filter(({ attachments }) => attachments.some(({ taken }) => taken))
const digests = ({ attachments }: PeelRecord) => attachments.flatMap(({ sha256 }) => sha256 ?? [])
const onlyOne = (kind: PeelRecord['kind']) =>
  withMedia.find(
    (one) =>
      one.kind === kind &&
      digests(one).every((sha256) => before.records.filter((other) => digests(other).includes(sha256)).length === 1),
  ) ?? assert.fail()
const picture = onlyOne('media_item')
const message = onlyOne('message')
const call = before.records.find(({ kind }) => kind === 'call') ?? assert.fail()
const remove = [
  { id: picture.id, reason: 'not_relevant' },
  { id: message.id, reason: 'privileged' },
  { id: call.id, reason: 'privileged' },
] as const

test('an extract sealed anew passes every check, holds what was kept as it was, and counts what was removed', async () => {
  assert.deepEqual(await notPassed(whole, 'whole'), [])
  const { removed, root } = await reseal(whole, 'whole', 'less', remove)
  const less = join(folder, 'less.peel')
  assert.deepEqual(removed, { media_item: { not_relevant: 1 }, message: { privileged: 1 }, call: { privileged: 1 } })
  assert.deepEqual(await notPassed(less, 'less'), [])

  const after = await look(less, 'less')
  const gone = new Set<string>(remove.map(({ id }) => id))
  assert.deepEqual(
    after.jsons,
    before.jsons.filter((_, at) => !gone.has(before.records[at]?.id ?? '')),
  )
  const dropped = [...digests(picture), ...digests(message)]
  assert(dropped.length >= 2)
  assert.deepEqual(after.payloads.length, before.payloads.length - new Set(dropped).size)
  assert(dropped.every((sha256) => !after.payloads.includes(sha256)))
  assert(before.files.includes(picture.provenance.file) && !after.files.includes(picture.provenance.file))

  const [old, now] = [manifestOf(whole), manifestOf(less)]
  assert.equal(now.merkle.root, root)
  assert.equal(now.merkle.size, old.merkle.size - 3)
  assert.deepEqual(now.records.message, {
    ...old.records.message,
    taken: (old.records.message?.taken ?? 0) - 1,
    removed: { privileged: 1 },
  })
  assert.equal(now.started, old.started)
  assert.deepEqual(now.resealed?.before.merkle, old.merkle)
  assert.equal(readFileSync(join(less, 'earlier/1.dsse.json'), 'utf8'), readManifest(whole))
})

test('no sealed byte, file key or name of the old one is in the new one', async () => {
  const less = join(folder, 'less.peel')
  const names = (dir: string) => new Set(globSync('payload/*/*', { cwd: dir }))
  assert(names(less).size > 0)
  assert.equal(names(whole).intersection(names(less)).size, 0)
  const sealed = ({ contents }: SignedManifest) => new Set(contents.map(({ sha256 }) => sha256))
  const same = sealed(manifestOf(whole)).intersection(sealed(manifestOf(less)))
  assert.equal(same.size, 0)
  await assert.rejects(look(less, 'whole'), { code: 'WRONG_KEY' })
  await assert.rejects(look(whole, 'less'), { code: 'WRONG_KEY' })
})

test('sealed anew twice, each manifest continues the one before, and the sums go on', async () => {
  const more = (await look(join(folder, 'less.peel'), 'less')).records.find(({ kind }) => kind === 'message')
  await reseal(join(folder, 'less.peel'), 'less', 'least', [{ id: more?.id ?? '', reason: 'privileged' }])
  const least = join(folder, 'least.peel')
  assert.deepEqual(await notPassed(least, 'least'), [])
  assert.deepEqual(manifestOf(least).records.message?.removed, { privileged: 2 })
  assert.deepEqual(manifestOf(least).resealed?.removed, { message: { privileged: 1 } })
  assert(existsSync(join(least, 'earlier/2.dsse.json')))
})

test('with nothing removed it is the same extract for other recipients, root and all', async () => {
  const { root } = await reseal(whole, 'whole', 'same', [])
  assert.equal(root, manifestOf(whole).merkle.root)
  assert.deepEqual(await notPassed(join(folder, 'same.peel'), 'same'), [])
})

test('what is to be removed and is not there leaves nothing behind', async () => {
  await assert.rejects(reseal(whole, 'whole', 'none', [{ id: 'nothing', reason: 'excess' }]), {
    code: 'NO_SUCH_RECORD',
  })
  assert.deepEqual(globSync('none*', { cwd: folder }), [])
})

test('a new account that does not continue the old one is found out', async () => {
  const forgeries: [name: string, forge: (manifest: Manifest) => Manifest, fault: RegExp][] = [
    [
      'less-removed',
      (manifest) => ({ ...manifest, resealed: manifest.resealed && { ...manifest.resealed, removed: {} } }),
      /do not add up/,
    ],
    [
      'another-before',
      (manifest) => ({
        ...manifest,
        resealed: manifest.resealed && {
          ...manifest.resealed,
          before: { ...manifest.resealed.before, manifest: '0'.repeat(64) },
        },
      }),
      /is not the one that the next one names/,
    ],
    ['silent', (manifest) => ({ ...manifest, resealed: undefined }), /says nothing of having been sealed anew/],
    [
      'fewer-in-source',
      (manifest) => ({ ...manifest, files: { ...manifest.files, not_opened: manifest.files.not_opened + 1 } }),
      /what was counted at the extraction is not the same/,
    ],
    [
      'left-instead',
      (manifest) => {
        const { removed: _, ...message } = manifest.records.message ?? assert.fail()
        const left = { ...message.left, time: (message.left.time ?? 0) + 1 }
        return { ...manifest, records: { ...manifest.records, message: { ...message, left } } }
      },
      /message: what was there and what was left is not the same/,
    ],
  ]
  for (const [name, forge, fault] of forgeries) {
    await reseal(whole, 'whole', name, remove, (manifest) => signManifest(forge(manifest), installation))
    assert.match((await notPassed(join(folder, `${name}.peel`), name)).join('\n'), fault, name)
  }
})

test('an earlier manifest that was taken out or altered is found out', async () => {
  for (const alter of [
    (dir: string) => rmSync(join(dir, 'earlier'), { recursive: true }),
    (dir: string) => writeFileSync(join(dir, 'earlier/1.dsse.json'), readManifest(join(folder, 'same.peel'))),
  ]) {
    const dir = join(folder, 'altered.peel')
    cpSync(join(folder, 'less.peel'), dir, { recursive: true })
    alter(dir)
    assert.match((await notPassed(dir, 'less')).join('\n'), /sealed anew/)
    rmSync(dir, { recursive: true })
  }
})

test('once the old key is destroyed, what was removed is gone and what was kept is there', async () => {
  const backup = join(folder, 'backup.peel')
  cpSync(whole, backup, { recursive: true })
  const kept = (await look(join(folder, 'less.peel'), 'less')).jsons
  await keyring.destroyExtractKey('whole')
  const proof = await keyring.checkNothingOpens({ containers: [whole, backup] })
  assert(proof.ok)
  await assert.rejects(look(backup, 'whole'), { code: 'KEY_DESTROYED' })
  assert.deepEqual((await look(join(folder, 'less.peel'), 'less')).jsons, kept)
})
