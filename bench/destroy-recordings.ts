import { hash, randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  type Actor,
  approveBatch,
  destroyBatch,
  giveRegister,
  matchArchiveNow,
  type Ops,
  proposeBatch,
  readBatch,
  startMatching,
} from '../src/actions/index.ts'
import { makeArchiveKeys, withArchiveKeys } from '../src/actions/archive/details.ts'
import { recordingPlace } from '../src/actions/archive/recording-file.ts'
import { openBench } from './force.ts'
import { place } from './material.ts'
import { type Bench, count, MB } from './shape.ts'

const RECORDINGS = 200_000
/** Of one file: a call of three minutes is some 288,000 bytes. Removing a file costs by the file, hardly by its bytes. */
const FILE_BYTES = 1_000
const PHONES = 432
/** One in so many is tied to a case, and stays. */
const TIED = 10
const MINUTES = 15
const AT_ONCE = 1000
const GOES_ON = { ending: new AbortController().signal }

const PROPOSER: Actor = { id: 'rec300', name: 'Bench', roles: ['records_reviewer'], stepUp: true }
const APPROVERS: readonly Actor[] = ['iao310', 'iao311'].map((id) => ({
  id,
  name: 'Bench',
  roles: ['information_asset_owner'],
  stepUp: true,
}))

/** The destruction of a batch, from the last matching to the certificate, each file looked for and each row counted. */
export const destroyRecordings: Bench = {
  name: 'destroy-recordings',
  title: 'Destroying call recordings',
  async run({ scale, note }) {
    const recordings = Math.max(500, Math.round(RECORDINGS * scale))
    const data = place('destroy-recordings')
    mkdirSync(data)
    const opened = await openBench(data)
    const { ops } = opened.service
    try {
      note(`making ${count(recordings)} recordings of ${count(FILE_BYTES)} bytes: calls would be longer`)
      const archive = await makeArchive(ops, recordings)
      note('matching them')
      const matching = await timed(async () => {
        await startMatching(ops, PROPOSER, archive)
        await matchArchiveNow(ops, archive, GOES_ON)
      })
      await sampled(ops, archive)
      note('proposing them')
      let batch = ''
      const proposing = await timed(async () => {
        batch = await proposeBatch(ops, PROPOSER, { archiveId: archive, reasons: 'A bench.' })
      })
      const { root, needed, items, bytes } = await readBatch(ops, PROPOSER, batch)
      for (const approver of APPROVERS.slice(0, needed)) await approveBatch(ops, approver, { batchId: batch, root })
      note(`destroying ${count(items)}`)
      const destroying = await timed(() => destroyBatch(ops, batch, GOES_ON))
      const { state } = await readBatch(ops, PROPOSER, batch)
      if (state !== 'destroyed') throw new Error(`the batch is ${state}`)
      const what = `${count(items)} of ${count(recordings)} recordings (${(bytes / MB).toFixed(0)} MB)`
      const peak = process.resourceUsage().maxRSS * 1024
      return [
        {
          what: `${what}: matched again, the rest sealed anew, destroyed, each one verified, certified`,
          value: destroying,
          unit: 's',
          target: MINUTES * 60,
          beside: `matching them for the first time: ${matching.toFixed(1)} s`,
        },
        { what: `${what}: by the second`, value: items / destroying, unit: '/s', beside: '' },
        { what: `${what}: proposed and frozen`, value: proposing, unit: 's', beside: '' },
        { what: `${what}: memory, with the service`, value: peak / MB, unit: 'MB', beside: '' },
      ]
    } finally {
      await opened.close()
      rmSync(data, { recursive: true, force: true })
    }
  },
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await act()
  return (performance.now() - start) / 1000
}

/** An archive as taking in leaves it: rows that are sealed, and files of noise, which nothing opens here. */
async function makeArchive(ops: Ops, recordings: number): Promise<string> {
  const { db } = ops.store
  const people = [PROPOSER, ...APPROVERS].map(({ id, name, roles }) => ({ id, name, roles: [...roles] }))
  await db.insertInto('people').values(people).execute()
  const { id } = await db
    .insertInto('archives')
    .values({ title: 'Bench', collected_as: 'bench', state: 'taken_in', opened_by: PROPOSER.id, opened_at: ops.now() })
    .returning('id')
    .executeTakeFirstOrThrow()
  await makeArchiveKeys(ops, id)
  for (const [kind, text] of Object.entries(REGISTERS)) {
    const { mapped } = await giveRegister(ops, PROPOSER, { archiveId: id, kind, contents: Buffer.from(text) })
    if (!mapped) throw new Error(`the columns of ${kind} are not known`)
  }
  await withArchiveKeys(ops, { id, generation: 1 }, async (keys) => {
    for (let from = 0; from < recordings; from += AT_ONCE) {
      const numbers = Array.from({ length: Math.min(AT_ONCE, recordings - from) }, (_, at) => from + at)
      const rows = numbers.map((n) => {
        const item = hash('sha256', `item ${n}`).slice(0, 32)
        const details = { ...callOf(n), recordingKey: randomBytes(32).toString('hex') }
        return {
          archive_id: id,
          id: item,
          sha256: hash('sha256', String(n)),
          bytes: FILE_BYTES,
          phone: 1 + (n % PHONES),
          container: 'm4a',
          audio: 'whole' as const,
          duration_ms: 180_000,
          generation: 1,
          sealed: keys.sealDetails(item, details),
        }
      })
      await db.insertInto('archive_items').values(rows).execute()
      await Promise.all(
        rows.map(async (row) => {
          const path = recordingPlace(ops, id, row.id)
          mkdirSync(dirname(path), { recursive: true })
          await writeFile(path, randomBytes(FILE_BYTES))
        }),
      )
    }
  })
  return id
}

/** A call of its own second, named as ACR Phone names it. */
function callOf(n: number) {
  const number = n % TIED === 0 ? '+447700900999' : `+4477009${String(n % 90).padStart(5, '0')}`
  const began = Date.UTC(2017, 0, 2) + n * 600_000
  const path = `phone-${n % PHONES}/ACRPhone/${number}-${n % 2}-${began}.m4a`
  return {
    path,
    device: `phone-${n % PHONES}`,
    audio: { container: 'm4a' as const, codec: 'aac', durationMs: 180_000, state: 'whole' as const },
  }
}

const REGISTERS: Readonly<Record<string, string>> = {
  holdings: [
    'holder,device,number,from,to',
    ...Array.from({ length: PHONES }, (_, n) => `C${n},phone-${n},,01/01/2016 00:00,01/01/2031 00:00`),
  ].join('\r\n'),
  cases: [
    'occurrence,status,oic,team,parties,roles,from,to',
    '4300000000,live,X1,,+447700900999,witness,01/01/2016 00:00,01/01/2031 00:00',
  ].join('\r\n'),
}

/** A sample that somebody looked at: of that nothing is measured here. */
async function sampled(ops: Ops, archive: string): Promise<void> {
  const { db } = ops.store
  const { id } = await db
    .insertInto('archive_samples')
    .values({
      archive_id: archive,
      matching: 1,
      of: 1,
      seed: hash('sha256', 'bench'),
      drawn_by: PROPOSER.id,
      drawn_at: ops.now(),
      finished_at: ops.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const row = { sample_id: id, item_id: hash('sha256', 'item 1').slice(0, 32), at: 1, outcome: 'right' as const }
  await db.insertInto('sampled_items').values(row).execute()
}
