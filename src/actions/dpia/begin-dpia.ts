import { hash } from 'node:crypto'
import { type Dpia, dpiaDigest, DpiaError, type ImportedPia, importPia, type PiaOddity } from '../../apps/index.ts'
import { ActionError, mustBeValid } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { personOfActor } from '../apps/person-of.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { checked } from './change-dpia.ts'
import { LONGEST_LINE, textFaults } from '../written-words.ts'

/** An assessment as it begins. */
export interface BegunDpia {
  /** as the force numbers them: unique */
  readonly reference: string
  readonly title: string
  /** the app that it is about first; more may be added */
  readonly app?: string
  /** an export of the CNIL's PIA tool to begin from */
  readonly pia?: string
}

/** The largest export of the CNIL's tool that is taken in, in bytes. */
export const LARGEST_PIA = 8 << 20

/** What is wrong with it, by field. */
export function begunFaults({ reference, title }: BegunDpia): { field: 'reference' | 'title'; says: string }[] {
  return [
    ...textFaults('reference', reference, 'Enter its reference in the force', LONGEST_LINE),
    ...textFaults('title', title, 'Enter what it is about', LONGEST_LINE),
  ]
}

/**
 * Begins an assessment (DPA 2018 s.64; law row C25), from nothing or from an export of the CNIL's tool: what has no field here is kept and goes back with it,
 * and what is odd in it is told. Nobody's validation there approves anything here. Throws ActionError NOT_ALLOWED, NOT_VALID (`reference`, `title`, `pia`).
 */
export async function beginDpia(
  ops: Ops,
  actor: Actor,
  input: BegunDpia,
): Promise<{ readonly id: string; readonly oddities: readonly PiaOddity[] }> {
  await askFirst(ops, actor, 'dpia.write')
  const imported = input.pia === undefined ? undefined : read(input.pia)
  const titled = { ...input, title: input.title.trim() === '' ? (imported?.held.title ?? '') : input.title }
  mustBeValid(begunFaults(titled))
  const reference = input.reference.trim()
  const id = newId(ops.random)
  const document = checked(documentOf(ops, actor, { ...titled, reference }, imported))
  const digest = dpiaDigest(document)
  const at = ops.now()
  const text = JSON.stringify(document)
  await ops.store.db.transaction().execute(async (db) => {
    const { title } = document
    const row = { id, version: 1, reference, title, revision: 1, document: text, written_by: actor.id, changed_at: at }
    // Of two who begin under one reference at once the second waits here for the first. Nobody sees the row before the log has the entry.
    const added = await db
      .insertInto('dpias')
      .values({ ...row, kept: imported?.kept.replaceAll('\0', '') ?? null })
      .onConflict((conflict) => conflict.column('reference').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (added === undefined)
      throw new ActionError('NOT_VALID', 'reference', 'There is an assessment with this reference already')
    await ops.journal.record({
      kind: 'dpia.begun',
      actor: actor.id,
      details: {
        dpia: id,
        revision: 1,
        document: digest,
        ...(input.pia !== undefined && { from: hash('sha256', input.pia, 'hex') }),
      },
    })
    const version = { dpia_id: id, version: 1, revision: 1, digest, document: text, person_id: actor.id, at }
    await db
      .insertInto('dpia_versions')
      .values({ ...version, act: 'begun' })
      .execute()
  })
  return { id, oddities: imported?.oddities ?? [] }
}

function documentOf(ops: Ops, actor: Actor, { reference, title, app }: BegunDpia, imported?: ImportedPia): Dpia {
  return {
    format: 'peel-dpia/1',
    reference,
    title: title.trim(),
    revision: 1,
    apps: app === undefined ? [] : [app],
    controller: { name: ops.force.name, contact: ops.force.contact.join(', ') },
    prepared_by: personOfActor(actor),
    answers: imported?.held.answers ?? {},
    measures: imported?.held.measures ?? [],
    risks: imported?.held.risks ?? [],
  }
}

function read(text: string): ImportedPia {
  try {
    return importPia(text)
  } catch (error) {
    if (!(error instanceof DpiaError)) throw error
    throw new ActionError('NOT_VALID', 'pia', `The file cannot be read: ${error.message}`)
  }
}
