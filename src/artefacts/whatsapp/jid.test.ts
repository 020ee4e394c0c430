import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { person } from '../../records/index.ts'
import { Owner, oneOf, personOf, sides } from './jid.ts'

const SAM = '447700900123@s.whatsapp.net'
const KIM = '447700900456@s.whatsapp.net'

test('a person is behind an id of a person, a pseudonym, a channel, and nobody behind a group or a broadcast', () => {
  assert.equal(personOf(SAM)?.address, SAM)
  assert.equal(personOf('205690463334636@lid')?.address, '205690463334636@lid')
  assert.equal(personOf('120363000000000001@newsletter')?.address, '120363000000000001@newsletter')
  for (const nobody of [
    '120363000000000001@g.us',
    'status@broadcast',
    '1600000000@broadcast',
    'status_me',
    '',
    null,
    7,
  ])
    assert.equal(personOf(nobody), undefined, String(nobody))
})

test('the id of a status and of a device also stand for the person', () => {
  assert.deepEqual(personOf('447700900123@status')?.also, [SAM])
  assert.deepEqual(personOf('205690463334636:12@lid')?.also, ['205690463334636@lid'])
  assert.equal(person('447700900123:3@s.whatsapp.net'), person(SAM))
})

test('one person under several ids is shown by the first and named by the first name', () => {
  assert.deepEqual(oneOf(personOf(SAM), undefined, personOf('1@lid', 'Sam')), {
    address: SAM,
    also: ['1@lid'],
    name: 'Sam',
  })
  assert.equal(oneOf(undefined, undefined), undefined)
})

test('the device user is never a party, under any spelling, unless the file names too many of them to be believed', () => {
  assert.equal(new Owner([SAM]).except(personOf('447700900123:4@s.whatsapp.net')), undefined)
  assert.equal(new Owner([SAM]).except(personOf(KIM))?.address, KIM)
  const crowd = Array.from({ length: 9 }, (_, at) => `44770090012${at}@s.whatsapp.net`)
  assert.equal(new Owner(crowd).except(personOf(SAM))?.address, SAM)
})

test('the sender is not said again among the others, and nobody twice', () => {
  const { from, to } = sides(personOf(SAM, 'Sam'), [personOf(SAM), personOf(KIM), undefined, personOf(KIM)])
  assert.deepEqual(from, { address: SAM, name: 'Sam' })
  assert.deepEqual(to, [{ address: KIM }])
})

test('any string at all is somebody or nobody', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (jid) => {
      const someone = personOf(jid)
      if (someone !== undefined) assert.equal(someone.address, jid)
    }),
    { seed: 7, numRuns: 2_000 },
  )
})
