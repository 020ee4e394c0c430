// Whoever steals the disk and a dump of the database, but not the folder of epoch keys, has nothing that came from a phone.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { makeSample } from '../../src/sample/index.ts'
import { ground } from './ground.ts'

const lines: string[] = []
const made = ground({ log: { write: (line) => void lines.push(line) } })

/** What stands on the story's phone, as whoever made it wrote it down: texts of messages, names, numbers, file names. */
async function secrets(folder: string): Promise<string[]> {
  await makeSample('ios-backup', folder, { messages: 600, seed: 'story' })
  const truth: unknown = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))
  const found = new Set<string>()
  const walk = (value: unknown, key = ''): void => {
    if (typeof value === 'string') {
      if (
        /^(body|text|name|address|note|subject|organisation|thread_name|from|to|title)$/.test(key) &&
        value.length >= 7
      )
        found.add(value)
    } else if (Array.isArray(value)) for (const one of value) walk(one, key)
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) walk(one, name)
  }
  walk(truth)
  return [...found]
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

test('C9: no word, name or number of a phone is in the database, in a file, in the log or in what the server prints', async (t) => {
  const { service } = made
  const { ops } = service
  const data = dirname(ops.uploadsFolder)
  const scratch = join(data, 'kiosk-elsewhere')
  const words = await secrets(scratch)
  assert(words.length > 200, `${words.length} words`)
  // What the police wrote into the request themselves, and what is a word of ours, did not come from the phone.
  const asked = await ops.store.pool.query(
    `SELECT string_agg(document::text || beliefs::text, $1) AS said FROM
      (SELECT document, beliefs FROM requests UNION ALL SELECT document, '{}' FROM notices) r`,
    ['\n'],
  )
  const own = String(asked.rows[0].said)
  const told = await ops.store.pool.query("SELECT string_agg(d::text, ' ') AS said FROM devices d")
  const names = await ops.store.pool.query("SELECT string_agg(p::text, ' ') AS said FROM people p")
  const theirs = words.filter(
    (word) => ![own, told.rows[0].said, names.rows[0].said].some((text) => String(text).includes(word)),
  )
  t.diagnostic(`${theirs.length} of ${words.length} texts, names and numbers came from the phone alone`)
  assert(theirs.length > 150)
  for (const id of ['rev200', 'pc4321', 'dpo400'])
    for (const path of ['/', '/cases', '/retention']) await (await service.as(id)).get(path)

  const { rows: tables } = await ops.store.pool.query<{ schema: string; name: string }>(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  )
  const heaps: [what: string, heap: Buffer][] = [['lines', Buffer.from(lines.join(''))]]
  for (const { schema, name } of tables) {
    const { rows } = await ops.store.pool.query(`SELECT t::text AS line FROM "${schema}"."${name}" t`)
    heaps.push([`${schema}.${name}`, Buffer.from(rows.map(({ line }) => String(line)).join('\n'))])
    // Envelopes hold what was said in base64.
    const inside = rows.flatMap(({ line }) => String(line).match(/[A-Za-z0-9+/_-]{40,}={0,2}/g) ?? [])
    heaps.push([
      `${schema}.${name}, opened`,
      Buffer.from(inside.map((text) => Buffer.from(text, 'base64').toString()).join('\n')),
    ])
  }
  for (const path of filesUnder(data)) {
    const where = relative(data, path)
    if (/^(epoch-keys|kiosk-elsewhere)\b/.test(where) || statSync(path).size > 64 << 20) continue
    heaps.push([where, readFileSync(path)])
  }
  assert(
    heaps.some(([what]) => /\.peel\b/.test(what)),
    'there is an extract',
  )
  assert(
    heaps.some(([what]) => what.startsWith('catalogues/')),
    'there is a catalogue of it',
  )
  assert(
    heaps.some(([what]) => what.startsWith('log/')),
    'there is a log',
  )
  const found: string[] = []
  for (const [what, heap] of heaps)
    for (const word of theirs) if (heap.includes(word) || heap.includes(Buffer.from(word, 'utf16le'))) found.push(what)
  // No message says which word it was.
  assert.deepEqual([...new Set(found)], [])
})

test('the log folder, which everybody may read, names no person, case, device or phone', async () => {
  const { ops } = made.service
  const { rows } = await ops.store.pool.query<{ word: string }>(
    `SELECT unnest(ARRAY[name, id]) AS word FROM people UNION SELECT reference FROM cases UNION SELECT offence FROM cases
     UNION SELECT unnest(ARRAY[exhibit, description, user_name, serial, imei]) FROM devices UNION SELECT reference FROM requests
     UNION SELECT id::text FROM cases UNION SELECT id::text FROM requests UNION SELECT id::text FROM extractions`,
  )
  const words = rows.map(({ word }) => word).filter((word) => word !== null && word.length > 3)
  assert(words.length > 50)
  for (const path of filesUnder(ops.logFolder)) {
    const text = readFileSync(path)
    for (const word of words) assert(!text.includes(word), relative(ops.logFolder, path))
  }
})
