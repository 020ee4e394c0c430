import { setTimeout as pause } from 'node:timers/promises'
import { type Details, type EventKind, sealEvent } from '../events/index.ts'
import type { PrivateKey } from '../signature/index.ts'
import type { Store } from '../store/index.ts'
import { JournalError } from './errors.ts'
import type { Sequencer } from './sequencer.ts'

/** Something that happens, or is about to. */
export interface Event<K extends EventKind = EventKind> {
  readonly kind: K
  /** id of whoever does it */
  readonly actor: string
  /** absent for what concerns no case */
  readonly case?: { readonly caseId: string; readonly pseudonym: string }
  /** what it is about, by SHA-256 in lower-case hex */
  readonly subject?: readonly { readonly name: string; readonly digest: string }[]
  readonly details: Details<K>
  /** index in the log of the grant that it rests on */
  readonly authorisation?: number
}

/** Where an event stands. */
export interface Recorded {
  /** index in the log */
  readonly leaf: number
  readonly digest: string
}

export interface Journal {
  /** Writes an event down and waits until the log holds it. Throws JournalError NOT_LOGGED: what was to be done must not be done. */
  record<K extends EventKind>(event: Event<K>): Promise<Recorded>
  /** Whether the log takes entries. */
  isRunning(): boolean
}

/** How long, in milliseconds, an act waits for its entry before it gives up. */
const LONGEST_WAIT = 10_000
const POLL = 15

/**
 * Opens the journal. `sequencer` is given in the process that writes the log; in the others an entry is waited for in the database.
 * `random` gives 32 bytes for an envelope's nonce.
 */
export function openJournal(parts: {
  store: Store
  key: PrivateKey
  now: () => Date
  random: () => Uint8Array
  sequencer?: Sequencer
}): Journal {
  const { store, key, now, random, sequencer } = parts
  return {
    isRunning: () => sequencer === undefined || sequencer.isRunning(),
    async record({ kind, actor, case: about, subject = [], details, authorisation }) {
      const at = now()
      const { envelope, digest } = sealEvent({ kind, at, actor, subject, details, nonce: random() }, key)
      const { id } = await store.log
        .insertInto('statements')
        .values({
          kind,
          case_id: about?.caseId ?? null,
          pseudonym: about?.pseudonym ?? null,
          authorisation_leaf: authorisation ?? null,
          actor,
          happened_at: at,
          digest,
          envelope,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const leaf = sequencer === undefined ? await inDatabase(store, id) : await sequencer.sequenced(id, LONGEST_WAIT)
      if (leaf === undefined)
        throw new JournalError('NOT_LOGGED', 'this could not be written to the log', 'nothing was done; try again')
      return { leaf, digest }
    },
  }
}

async function inDatabase({ log }: Store, id: number): Promise<number | undefined> {
  for (let waited = 0; waited < LONGEST_WAIT; waited += POLL) {
    const row = await log.selectFrom('statements').select('leaf').where('id', '=', id).executeTakeFirst()
    if (row !== undefined && row.leaf !== null) return row.leaf
    await pause(POLL)
  }
  return undefined
}
