import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { verify } from 'node:crypto'
import { Encrypter } from 'age-encryption'
import { preAuthenticationEncoding, readPublicKeys, signPayload } from '../signature/index.ts'
import { createKeyring, openKeyring } from './keyring.ts'
import { newPlace } from './place.fixture.ts'

function place(t: TestContext) {
  const here = newPlace()
  t.after(here.remove)
  return here
}

const sealed = async (recipient: string, text: string) => {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return encrypter.encrypt(text)
}

test('what is sealed to the recipient of an extract opens with age and the identity that is lent, after a restart too', async (t) => {
  const here = place(t)
  const recipient = await (await createKeyring(here)).createExtractKey('x1')
  const file = join(here.base, 'file.age')
  writeFileSync(file, await sealed(recipient, 'the heron waits'))
  const keyring = await openKeyring(here)
  assert.equal(await keyring.recipientOf('x1'), recipient)
  const opened = await keyring.useExtractIdentity(
    'x1',
    (identity) => spawnSync('age', ['-d', '-i', '-', file], { input: `${identity}\n`, encoding: 'utf8' }).stdout,
  )
  assert.equal(opened, 'the heron waits')
})

test('a signing key signs as the public line says, and is the same at every asking', async (t) => {
  const here = place(t)
  const keyring = await createKeyring(here)
  const line = await keyring.createSigningKey('person:pc4321')
  assert.equal(await keyring.publicLineOf('person:pc4321'), line)
  assert.equal(await keyring.publicLineOf('person:insp77'), undefined)
  const [key] = readPublicKeys(line)
  const payload = Buffer.from('{}')
  const { keyid, sig } = signPayload('text/plain', payload, await keyring.signingKey('person:pc4321'))
  assert.equal(keyid, key?.keyid)
  assert(key && verify(null, preAuthenticationEncoding('text/plain', payload), key.key, sig))
  const others = [await keyring.createSigningKey('installation'), await keyring.createSigningKey('log')]
  assert.equal(new Set([line, ...others]).size, 3)
})

test('a person called like the log has a key of their own', async (t) => {
  const keyring = await createKeyring(place(t))
  assert.notEqual(await keyring.createSigningKey('log'), await keyring.createSigningKey('person:log'))
})

test('no key is made twice, and none that was destroyed is made again', async (t) => {
  const keyring = await createKeyring(place(t))
  await keyring.createExtractKey('x1')
  await assert.rejects(keyring.createExtractKey('x1'), { code: 'KEY_EXISTS' })
  await keyring.createSigningKey('log')
  await assert.rejects(keyring.createSigningKey('log'), { code: 'KEY_EXISTS' })
  await keyring.destroyExtractKey('x1')
  await assert.rejects(keyring.createExtractKey('x1'), { code: 'KEY_DESTROYED' })
  await assert.rejects(keyring.recipientOf('x1'), { code: 'KEY_DESTROYED' })
  await assert.rejects(
    keyring.useExtractIdentity('x1', () => assert.fail()),
    { code: 'KEY_DESTROYED' },
  )
  await assert.rejects(keyring.recipientOf('x2'), { code: 'NO_SUCH_KEY' })
  await assert.rejects(keyring.signingKey('person:nobody'), { code: 'NO_SUCH_KEY' })
  for (const bad of ['', 'two words', 'x\ny', 'x'.repeat(201)])
    await assert.rejects(keyring.createExtractKey(bad), { code: 'BAD_ID' })
})

test('after a destruction no earlier keyring opens, and every other key is as it was', async (t) => {
  const here = place(t)
  const keyring = await createKeyring(here)
  const kept = await keyring.createExtractKey('kept')
  const line = await keyring.createSigningKey('log')
  await keyring.createExtractKey('going')
  cpSync(here.folder, join(here.base, 'backup'), { recursive: true })
  const before = await keyring.state()

  const done = await keyring.destroyExtractKey('going')

  const after = await keyring.state()
  assert.deepEqual(done, {
    ids: ['going'],
    at: '2026-11-22T10:00:00.000Z',
    epochBefore: before.epoch,
    epochAfter: after.epoch,
    generationBefore: before.generation,
    generationAfter: after.generation,
    keyringDigestBefore: before.digest,
    keyringDigestAfter: after.digest,
  })
  assert.notEqual(before.epoch, after.epoch)
  assert.deepEqual(readdirSync(here.epochs).sort(), [`${after.epoch}.epoch`, 'mark'].sort())
  assert.deepEqual(await keyring.extractIds(), ['kept'])
  assert.equal(await keyring.recipientOf('kept'), kept)
  assert.equal(await keyring.publicLineOf('log'), line)

  cpSync(join(here.base, 'backup'), here.folder, { recursive: true })
  await assert.rejects(openKeyring(here), { code: 'OLDER' })
  await assert.rejects(keyring.has('going'), { code: 'OLDER' })
  // Nor where nothing is left that would tell its age: the key is gone, not only refused.
  rmSync(join(here.epochs, 'mark'))
  await assert.rejects(openKeyring(here), { code: 'EPOCH_GONE' })
})

test('a destruction asked for again, at any later time, is answered with what was done', async (t) => {
  const keyring = await createKeyring(place(t))
  for (const id of ['a', 'b', 'c']) await keyring.createExtractKey(id)
  const first = await keyring.destroyExtractKeys(['a', 'b'])
  assert.equal(first.length, 1)
  assert.deepEqual(await keyring.destroyExtractKey('a'), first[0])
  await keyring.createExtractKey('d')
  const second = await keyring.destroyExtractKey('c')
  assert.equal(second.epochBefore, first[0]?.epochAfter)
  await keyring.createExtractKey('e')
  assert.deepEqual(await keyring.destroyExtractKeys(['c', 'b']), [...first, second])
  assert.deepEqual(await keyring.extractIds(), ['d', 'e'])
})

test('a destruction that names an unknown extract destroys nothing', async (t) => {
  const keyring = await createKeyring(place(t))
  await keyring.createExtractKey('a')
  const before = await keyring.state()
  await assert.rejects(keyring.destroyExtractKeys(['a', 'z']), { code: 'NO_SUCH_KEY' })
  assert.deepEqual(await keyring.state(), before)
})

test('an older keyring of the same epoch is refused', async (t) => {
  const here = place(t)
  const keyring = await createKeyring(here)
  await keyring.createExtractKey('a')
  const older = readFileSync(join(here.folder, 'keyring'))
  await keyring.createExtractKey('b')
  writeFileSync(join(here.folder, 'keyring'), older)
  await assert.rejects(openKeyring(here), { code: 'OLDER' })
  await assert.rejects(keyring.createExtractKey('c'), { code: 'OLDER' })
})

test('a folder of epoch keys that was put back is noticed', async (t) => {
  const here = place(t)
  const keyring = await createKeyring(here)
  cpSync(here.epochs, join(here.base, 'copy'), { recursive: true })
  await keyring.createExtractKey('a')
  await keyring.createExtractKey('b')
  cpSync(join(here.base, 'copy'), here.epochs, { recursive: true })
  await assert.rejects(openKeyring(here), { code: 'EPOCH_OLDER' })
})

test('a keyring is never made over what was lost', async (t) => {
  const here = place(t)
  await assert.rejects(openKeyring(here), { code: 'NOT_FOUND' })
  assert(!existsSync(here.folder))
  await createKeyring(here)
  await assert.rejects(createKeyring(here), { code: 'EXISTS' })
  rmSync(join(here.folder, 'keyring'))
  await assert.rejects(openKeyring(here), { code: 'MISSING' })
  await assert.rejects(createKeyring(here), { code: 'MISSING' })
  rmSync(join(here.epochs, 'mark'))
  await assert.rejects(createKeyring(here), { code: 'MISSING' })
})

test('a keyring with any bit altered, or cut off anywhere, is damaged and never a new one', async (t) => {
  const here = place(t)
  const keyring = await createKeyring(here)
  await keyring.createExtractKey('a')
  const path = join(here.folder, 'keyring')
  const sound = readFileSync(path)
  for (let at = 0; at < sound.length; at++) {
    const altered = Buffer.from(sound)
    altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8))
    writeFileSync(path, altered)
    await assert.rejects(keyring.has('a'), { code: 'DAMAGED' }, `bit ${at}`)
  }
  for (let length = 0; length < sound.length; length += 7) {
    writeFileSync(path, sound.subarray(0, length))
    await assert.rejects(openKeyring(here), { code: 'DAMAGED' }, `length ${length}`)
    await assert.rejects(createKeyring(here), { code: 'EXISTS' })
  }
  writeFileSync(path, sound)
  assert(await keyring.has('a'))
})

test('an altered epoch key or mark is damaged too', async (t) => {
  const here = place(t)
  const keyring = await createKeyring(here)
  for (const name of readdirSync(here.epochs)) {
    const path = join(here.epochs, name)
    const sound = readFileSync(path)
    for (const at of [0, 14, 20, sound.length - 2]) {
      const altered = Buffer.from(sound)
      altered[at] = (altered[at] ?? 0) ^ 1
      writeFileSync(path, altered)
      await assert.rejects(keyring.has('a'), { code: 'DAMAGED' }, `${name} ${at}`)
    }
    writeFileSync(path, sound)
  }
})

test('a lost epoch key is said to be lost, and the keyring not to be older than it is', async (t) => {
  const here = place(t)
  const keyring = await createKeyring(here)
  const { epoch } = await keyring.state()
  rmSync(join(here.epochs, `${epoch}.epoch`))
  await assert.rejects(openKeyring(here), { code: 'EPOCH_GONE' })
})

test('a stolen folder shows no secret, no recipient, no id and no person', async (t) => {
  const here = place(t)
  const keyring = await createKeyring(here)
  const recipient = await keyring.createExtractKey('x-secret-id')
  const line = await keyring.createSigningKey('person:pc4321')
  await keyring.createExtractKey('x-gone-id')
  await keyring.destroyExtractKey('x-gone-id')
  const stolen = readdirSync(here.folder).map((name) => readFileSync(join(here.folder, name)))
  const identity = await keyring.useExtractIdentity('x-secret-id', (lent) => lent)
  const seed = (await keyring.signingKey('person:pc4321')).key.export({ format: 'der', type: 'pkcs8' }).subarray(-32)
  const epoch = readFileSync(join(here.epochs, `${(await keyring.state()).epoch}.epoch`)).subarray(13, 45)
  const public32 = Buffer.from(line.slice('ed25519:'.length), 'base64')
  for (const file of stolen)
    for (const secret of [identity, recipient, 'x-secret-id', 'x-gone-id', 'pc4321', seed, epoch, public32])
      assert(!file.includes(secret))
})

test('nobody else on the machine can read what lies there, and an epoch key that others can read is refused', async (t) => {
  const here = place(t)
  const keyring = await createKeyring(here)
  await keyring.createExtractKey('a')
  for (const folder of [here.folder, here.epochs]) {
    assert.equal(statSync(folder).mode & 0o077, 0)
    for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o077, 0, name)
  }
  const { epoch } = await keyring.state()
  spawnSync('chmod', ['0640', join(here.epochs, `${epoch}.epoch`)])
  await assert.rejects(openKeyring(here), { code: 'EXPOSED' })
})

test('a renewed epoch keeps every key and ends the old epoch', async (t) => {
  const here = place(t)
  const keyring = await createKeyring(here)
  const recipient = await keyring.createExtractKey('a')
  const before = await keyring.state()
  await keyring.renewEpoch()
  const after = await keyring.state()
  assert.notEqual(after.epoch, before.epoch)
  assert.equal(after.otherEpochs, 0)
  assert.equal(await keyring.recipientOf('a'), recipient)
})

test('a closed keyring does nothing more', async (t) => {
  const keyring = await createKeyring(place(t))
  keyring.close()
  await assert.rejects(keyring.has('a'), { code: 'CLOSED' })
  await assert.rejects(keyring.createExtractKey('a'), { code: 'CLOSED' })
})

test('no error tells whose key or which', async (t) => {
  const keyring = await createKeyring(place(t))
  await keyring.createExtractKey('x-secret-id')
  for (const act of [
    () => keyring.createExtractKey('x-secret-id'),
    () => keyring.recipientOf('x-other-id'),
    () => keyring.signingKey('person:x-other-id'),
    () => keyring.createExtractKey('x-bad-id '),
  ]) {
    const error = await act().then(
      () => assert.fail(),
      (thrown: Error & { hint: string }) => thrown,
    )
    assert.doesNotMatch(`${error.message} ${error.hint}`, /x-/)
  }
})

test('a key takes the place of another in one step: the old one is gone for good, and under no name is anything made again', async (t) => {
  const here = place(t)
  const keyring = await createKeyring(here)
  const old = await keyring.createExtractKey('x1')
  const next = await keyring.createExtractKey('resealed/d1')
  const before = readFileSync(join(here.folder, 'keyring'))
  const done = await keyring.replaceExtractKey('x1', 'resealed/d1')
  assert.deepEqual(done.ids, ['resealed/d1'])
  assert.equal(await keyring.recipientOf('x1'), next)
  assert.notEqual(next, old)
  assert.equal(await keyring.has('resealed/d1'), false)
  await assert.rejects(keyring.createExtractKey('resealed/d1'), { code: 'KEY_DESTROYED' })
  await assert.rejects(keyring.createExtractKey('x1'), { code: 'KEY_EXISTS' })
  writeFileSync(join(here.base, 'older.age'), before)
  const { ok } = await keyring.checkNothingOpens({ containers: [], keyrings: [join(here.base, 'older.age')] })
  assert(ok, 'no copy of the older keyring opens')
  assert.deepEqual(await keyring.replaceExtractKey('x1', 'resealed/d1'), done, 'whoever was interrupted asks again')
  await assert.rejects(keyring.replaceExtractKey('x1', 'nothing'), { code: 'NO_SUCH_KEY' })
  const [whole] = await keyring.destroyExtractKeys(['x1'])
  assert(whole && whole.generationBefore >= done.generationAfter)
  await keyring.createExtractKey('resealed/d2')
  await assert.rejects(keyring.replaceExtractKey('x1', 'resealed/d2'), { code: 'KEY_DESTROYED' })
})
