import assert from 'node:assert/strict'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { ContainerReader, ContainerWriter } from '../vault/index.ts'
import { createKeyring } from './keyring.ts'
import { newPlace } from './place.fixture.ts'

const here = newPlace()
test.after(here.remove)

async function container(name: string, recipients: readonly string[]): Promise<string> {
  const dir = join(here.base, name)
  const writer = await ContainerWriter.create(dir, recipients)
  await writer.close()
  writer.finish('{}')
  return dir
}

test('after a destruction no copy of the container opens with anything held here, in backups either', async () => {
  const keyring = await createKeyring(here)
  const going = await container('going.peel', [await keyring.createExtractKey('going')])
  const kept = await container('kept.peel', [await keyring.createExtractKey('kept')])
  const backup = join(here.base, 'backup/tuesday/going.peel')
  cpSync(going, backup, { recursive: true })
  const oldKeyring = join(here.base, 'backup/keyring')
  cpSync(join(here.folder, 'keyring'), oldKeyring)
  const open = () => keyring.useExtractIdentity('going', (identity) => ContainerReader.open(going, [identity]))
  ;(await open()).close()
  const copies = { containers: [going, backup], keyrings: [oldKeyring] }

  const before = await keyring.checkNothingOpens(copies)
  assert(!before.ok)
  assert.deepEqual(
    [...before.containers, ...before.keyrings].map(({ state }) => state),
    ['opens', 'opens', 'opens'],
  )

  await keyring.destroyExtractKey('going')

  const after = await keyring.checkNothingOpens(copies)
  assert(after.ok)
  assert.equal(after.identitiesTried, 1)
  assert.equal(after.epoch, (await keyring.state()).epoch)
  assert.deepEqual(
    [...after.containers, ...after.keyrings].map(({ state }) => state),
    ['closed', 'closed', 'closed'],
  )
  await assert.rejects(open(), { code: 'KEY_DESTROYED' })

  // A copy of another extract among them, or one whose files were removed.
  const mixed = await keyring.checkNothingOpens({ containers: [going, kept, join(here.base, 'removed.peel')] })
  assert(!mixed.ok)
  assert.deepEqual(
    mixed.containers.map(({ state }) => state),
    ['closed', 'opens', 'gone'],
  )
})

test('a container that somebody else can open too is not said to be closed, nor one that cannot be read', async () => {
  const place = newPlace()
  test.after(place.remove)
  const keyring = await createKeyring(place)
  const somebody = await identityToRecipient(await generateX25519Identity())
  const shared = await container('shared.peel', [await keyring.createExtractKey('a'), somebody])
  await keyring.destroyExtractKey('a')
  const odd = join(here.base, 'odd.peel')
  mkdirSync(odd)
  writeFileSync(join(odd, 'key.age'), 'no age file')
  const { ok, containers, keyrings } = await keyring.checkNothingOpens({
    containers: [shared, odd],
    keyrings: [join(odd, 'key.age')],
  })
  assert(!ok)
  assert.deepEqual(
    [...containers, ...keyrings].map(({ state }) => state),
    ['other_recipients', 'unreadable', 'unreadable'],
  )
})
