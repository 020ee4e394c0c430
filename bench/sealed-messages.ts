import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { canonical, type PeelRecord, recordId } from '../src/records/index.ts'
import { type Random, randomFrom } from '../src/sample/random.ts'
import { ContainerWriter } from '../src/vault/index.ts'
import { material } from './material.ts'

/** Words that are in use, the first of them in every third message and the last in a few of a million: as in any language (Zipf). */
const VOCABULARY = 30_000
const THREADS = 400
const SYLLABLES = 'ka lo mi ra ten so vi du pel han or est ne ya chi bro fa gul wen zi'.split(' ')

/** The word of a rank, from 0 for the commonest. */
export function wordOf(rank: number): string {
  let word = ''
  for (let rest = rank + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length]
  return word
}

/** The rank of the next word that somebody says. */
export function nextRank(random: Random): number {
  return Math.floor(VOCABULARY ** random.next()) - 1
}

/** A sealed extract of so many messages in conversations of very different length, and the identity that opens it. Made once. */
export async function sealedMessages(messages: number): Promise<{ container: string; identity: string }> {
  const folder = await material(`sealed-messages-${messages}`, async (making) => {
    const random = randomFrom('bench')
    const identity = await generateX25519Identity()
    writeFileSync(join(making, 'identity'), identity)
    const writer = await ContainerWriter.create(join(making, 'x.peel'), [await identityToRecipient(identity)])
    for (let row = 0; row < messages; row++) await writer.addRecord(canonical(message(row, random)))
    await writer.close()
    writer.finish('{}')
  })
  return { container: join(folder, 'x.peel'), identity: join(folder, 'identity') }
}

function message(row: number, random: Random): PeelRecord {
  const thread = Math.floor(THREADS * random.next() ** 2)
  const app = thread % 3 === 0 ? 'sms' : 'whatsapp'
  const other = { address: `+4477009${String(thread).padStart(5, '0')}`, name: `Person ${thread}` }
  const mine = random.chance(0.5)
  const provenance = { file: `HomeDomain/Library/${app}.db`, wal: false, table: 'message', row }
  return {
    kind: 'message',
    id: recordId('message', provenance),
    app,
    direction: mine ? 'out' : 'in',
    ...(!mine && { from: other }),
    to: mine ? [other] : [],
    thread: `t${thread}`,
    time: new Date(Date.UTC(2016, 0, 1) + row * 300_000 + random.below(300_000)).toISOString(),
    body: Array.from({ length: 3 + random.below(14) }, () => wordOf(nextRank(random))).join(' '),
    attachments: [],
    clauses: ['C1'],
    context: false,
    provenance,
  }
}
