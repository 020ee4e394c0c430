import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { openSource } from '../../acquisition/index.ts'
import type { Message } from '../../records/index.ts'
import { describedIn, rowsOf } from '../whatsapp/generated-phone.ts'
import { whatsappIos } from './whatsapp-ios.ts'

const root = resolve(
  process.env.PEEL_TESTDATA ?? resolve(import.meta.dirname, '../../../../shared/testdata'),
  'ios-apps-chat',
)
const skip = existsSync(root) ? false : 'the folder of real phone data is not here'

async function messagesOf(place: string, end: string) {
  const source = await openSource(resolve(root, place))
  try {
    const described = await describedIn(source, whatsappIos, end)
    assert.deepEqual(described.problems, [])
    return rowsOf(described, described.tables[0]!).map(({ found }) => found as Message)
  } finally {
    await source.close()
  }
}

test('josh_ios15: the 32 messages of iLEAPP, each with its text, time, people, direction, file and place', {
  skip,
}, async () => {
  const found = await messagesOf('testdata.whatsApp.whatsAppMessages.josh_ios15_ffs.zip', 'ChatStorage.sqlite')
  const expected = JSON.parse(
    readFileSync(resolve(root, 'expected/whatsApp.whatsAppMessages.josh_ios15_ffs.20250621193412.json'), 'utf8'),
  ).data as (string | number | null)[][]
  assert.equal(found.length, 32)
  const theirs = expected.map(([time, sender, from, , to, text, file, , , , , lat, lon]) => ({
    time,
    direction: sender === 'Local User' ? 'out' : 'in',
    // iLEAPP shows the group where it does not know the sender, and the device user under both columns.
    other: sender === 'Local User' ? to : String(from).endsWith('@g.us') ? undefined : from,
    name: sender === 'Local User' || String(from).endsWith('@g.us') ? undefined : sender,
    text,
    file: file === '' ? undefined : String(file).replace('mock_hash_for_', ''),
    lat: lat === '' ? undefined : lat,
    lon: lon === '' ? undefined : lon,
  }))
  const ours = found.map((message) => ({
    time: Math.floor(Date.parse(message.time ?? '') / 1000),
    direction: message.direction,
    other: message.direction === 'out' ? message.to[0]?.address : message.from?.address,
    name: message.from?.name,
    text: message.body ?? null,
    file: message.attachments[0]?.name,
    lat: message.place?.lat,
    lon: message.place?.lon,
  }))
  assert.deepEqual(ours, theirs)
  assert.deepEqual(
    found.map(({ reply_to }) => reply_to).filter((id) => id !== undefined),
    ['3A26649A0A496377CB01'],
  )
})

test('a backup of MVT: 3 messages of 2 conversations, one under a pseudonym', { skip }, async () => {
  const found = await messagesOf('7c7fba66680ef796b916b067077cc246adacf01d', '7c7fba66680ef796b916b067077cc246adacf01d')
  assert.deepEqual(
    found.map(({ time, direction, body, thread }) => [time, direction, body, thread]),
    [
      ['2025-08-27T15:06:40.000Z', 'in', 'Hi', '100000000000001@lid'],
      ['2025-08-28T18:53:20.000Z', 'out', 'Check https://example.org/news', '100000000000001@lid'],
      ['2025-08-29T22:40:00.000Z', 'in', 'Welcome', '120000000000000001@g.us'],
    ],
  )
  const alice = { address: '14155550100@s.whatsapp.net', also: ['100000000000001@lid'], name: 'Alice Example' }
  assert.deepEqual([found[0]?.from, found[1]?.to], [alice, [alice]])
  assert.deepEqual(found[2]?.from, { address: '14155550101@s.whatsapp.net' })
})
