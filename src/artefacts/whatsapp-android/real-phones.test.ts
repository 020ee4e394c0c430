import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { openSource } from '../../acquisition/index.ts'
import type { Message } from '../../records/index.ts'
import { describedIn, rowsOf } from '../whatsapp/generated-phone.ts'
import { whatsappAndroid } from './whatsapp-android.ts'

const root = resolve(
  process.env.PEEL_TESTDATA ?? resolve(import.meta.dirname, '../../../../shared/testdata'),
  'whatsapp-android-backups',
)
const skip = existsSync(root) ? false : 'the folder of real phone data is not here'

test('msgstore.db of wa-crypt-tools: of its 10 rows the 9 messages, all still in the old table', { skip }, async () => {
  const source = await openSource(root)
  const described = await describedIn(source, whatsappAndroid, 'msgstore.db')
  assert.deepEqual(described.problems, [])
  const rows = described.tables.map((table) => [table.table, rowsOf(described, table)] as const)
  await source.close()
  assert.deepEqual(
    rows.map(([table, found]) => [table, found.length]),
    [
      ['message', 0],
      ['message_add_on_reaction', 0],
      ['messages', 9],
      ['call_log', 0],
    ],
  )
  const messages = rows[2]![1].map(({ key, found }) => [key, found as Message] as const)
  assert.deepEqual(
    messages.map(([key]) => key),
    [7, 8, 10, 11, 12, 13, 15, 16, 17],
  )
  for (const [, { direction, from, thread, time, body }] of messages) {
    assert.deepEqual([direction, from?.address, thread], ['in', '0@s.whatsapp.net', 'status@broadcast'])
    assert.deepEqual([time, body], [undefined, undefined])
  }
  const files = messages.flatMap(([, { attachments }]) => attachments.map(({ media_type }) => media_type))
  assert.deepEqual(files, ['image/jpeg', 'video/mp4'])
})
