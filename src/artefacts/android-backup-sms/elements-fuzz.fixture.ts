import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { Oddities } from '../oddities.ts'
import { readElements } from './elements.ts'
import { mmsMessage } from './mms.ts'
import { smsMessage } from './sms.ts'

const KEYS = [
  'address',
  'body',
  'date',
  'type',
  'subject',
  'recipients',
  'mms_addresses',
  'mms_body',
  'sub',
  'sub_cs',
  'msg_box',
  'attachments',
  'self_phone',
  'm_type',
  '__proto__',
]
const element = fc.dictionary(
  fc.constantFrom(...KEYS),
  fc.oneof(fc.jsonValue(), fc.string(), fc.constant('1772445600000')),
)
const json = fc.oneof(
  fc.array(fc.oneof(element, fc.jsonValue()), { maxLength: 4 }).map((value) => JSON.stringify(value)),
  fc.string(),
  fc.constantFrom('['.repeat(100_000), `${'['.repeat(100_000)}${']'.repeat(100_000)}`, `[${'{"a":'.repeat(50_000)}1`),
)

/** Any bytes where a file of messages should be: read in full, or refused in words. */
export async function fuzzElements(runs: number, seed: number): Promise<void> {
  const property = fc.asyncProperty(json, fc.nat(), fc.nat(255), fc.boolean(), async (text, at, value, damage) => {
    const bytes = deflateSync(text)
    if (damage) bytes[at % bytes.length] = value
    async function* chunks() {
      for (let from = 0; from < bytes.length; from += 100) yield bytes.subarray(from, from + 100)
    }
    const reading = await readElements({ size: bytes.length, chunks })
    if ('damaged' in reading) return
    const odd = new Oddities({ path: 'x', problem: () => {}, file: () => undefined })
    for (const one of reading.elements) {
      if (typeof one !== 'object' || one === null) continue
      for (const read of [smsMessage, mmsMessage]) {
        const found = read(one as Record<string, unknown>, odd)
        assert.ok(
          [...found.to, ...(found.from ? [found.from] : [])].every(({ address }) => typeof address === 'string'),
        )
      }
    }
  })
  await fc.assert(property, { numRuns: runs, seed })
}
