import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openUnder, parsePolicy } from '../../tlog/index.ts'
import { askFirst } from '../allow.ts'
import type { Actor, Ops } from '../ops.ts'

/** How it stands with the log, as anybody could find out from its files, and what waits to come into it. */
export interface LogState {
  /** the signed note, as it is published */
  readonly checkpoint: string
  readonly origin: string
  readonly size: number
  /** whether enough witnesses have cosigned this checkpoint */
  readonly witnessed: boolean
  readonly witnesses: readonly {
    readonly name: string
    /** when it cosigned this checkpoint; absent where it has not */
    readonly at?: Date
  }[]
  /** of the last entry; absent where there is none */
  readonly lastEntryAt?: Date
  /** statements that have no place in the log yet, and since when the first of them waits */
  readonly waiting: number
  readonly waitingSince?: Date
  readonly running: boolean
}

/** Reads it. Throws ActionError NOT_ALLOWED. */
export async function readLogState(ops: Ops, actor: Actor): Promise<LogState> {
  await askFirst(ops, actor, 'oversight.see')
  const [checkpoint, written] = await Promise.all(
    ['checkpoint', 'policy.tlog-policy'].map((name) => readFile(join(ops.logFolder, name), 'utf8')),
  )
  const policy = parsePolicy(written ?? '')
  const { checkpoint: opened, witnessed } = openUnder(policy, checkpoint ?? '')
  const { db } = ops.store
  const last = await db
    .selectFrom('statements')
    .select('happened_at')
    .where('leaf', 'is not', null)
    .orderBy('leaf', 'desc')
    .limit(1)
    .executeTakeFirst()
  const waiting = await db
    .selectFrom('statements')
    .select([({ fn }) => fn.countAll<number>().as('n'), ({ fn }) => fn.min('happened_at').as('since')])
    .where('leaf', 'is', null)
    .executeTakeFirstOrThrow()
  return {
    checkpoint: checkpoint ?? '',
    origin: opened.origin,
    size: opened.size,
    witnessed,
    witnesses: policy.witnesses.map(({ name, vkey }) => {
      const time = opened.witnesses.find(({ by }) => by.vkey === vkey)?.time
      return { name, ...(time !== undefined && { at: new Date(time * 1000) }) }
    }),
    ...(last !== undefined && { lastEntryAt: last.happened_at }),
    waiting: Number(waiting.n),
    ...(waiting.since !== null && { waitingSince: new Date(waiting.since) }),
    running: ops.journal.isRunning(),
  }
}
