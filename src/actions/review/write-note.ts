import { hash } from 'node:crypto'
import { sealText } from '../../vault/index.ts'
import { ActionError } from '../action-error.ts'
import { mustAllow } from '../allow.ts'
import { unlessBeingSealed } from '../destruction/sealing.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { under } from './held-extract.ts'
import { openedTexts } from './opened-texts.ts'
import { type OpenExtract, withOpenExtract } from './with-open-extract.ts'

/** Characters of one note at most. */
export const LONGEST_NOTE = 4000

/** A note as somebody reads it who has the extract open. */
export interface Note {
  readonly kind: 'fact' | 'assessment'
  readonly text: string
  readonly by: string
  readonly at: Date
}

/**
 * Writes a note on a record: a fact, or somebody's own assessment (DPA 2018 s.38(2), law row C6). Sealed to the extract's own key before it is stored:
 * the database never holds its text, and it goes when the extract goes. Throws ActionError NOT_ALLOWED, NOT_NOW `NOT_OPEN`, NOT_VALID `NOTE_KIND`,
 * `NOTE_TEXT`, `RECORDS`.
 */
export async function writeNote(
  ops: Ops,
  actor: Actor,
  input: { extraction: string; record: string; kind: string; text: string },
): Promise<void> {
  const { extraction, record, kind, text } = input
  await mustAllow(ops, actor, 'extract.tag', { of: 'extraction', id: extraction })
  if (kind !== 'fact' && kind !== 'assessment')
    throw new ActionError('NOT_VALID', 'NOTE_KIND', 'say whether it is a fact or your own assessment')
  if (text.trim() === '' || text.length > LONGEST_NOTE)
    throw new ActionError('NOT_VALID', 'NOTE_TEXT', `write a note of up to ${LONGEST_NOTE} characters`)
  await withOpenExtract(ops, actor, { extraction }, async ({ opening, held, view }) => {
    if (view.seqOf(record) === undefined)
      throw new ActionError('NOT_VALID', 'RECORDS', 'the record is not there', 'go back to the list')
    const sealed = await sealText(text, [await ops.keyring.recipientOf(extraction)])
    await ops.journal.record({
      kind: 'item.annotated',
      actor: actor.id,
      ...under(held),
      // Of what is stored: a digest of the words themselves could be guessed at.
      details: { extract: extraction, session: opening.id, as: kind, note: hash('sha256', sealed, 'hex') },
    })
    await ops.store.db.transaction().execute(async (db) => {
      await unlessBeingSealed(db, extraction)
      await db
        .insertInto('notes')
        .values({
          id: newId(ops.random),
          extraction_id: extraction,
          record_id: record,
          kind,
          sealed,
          person_id: actor.id,
          written_at: ops.now(),
        })
        .execute()
    })
  })
}

/** The notes on a record that somebody has open, oldest first. */
export async function readNotes(ops: Ops, { opening, view }: OpenExtract, record: string): Promise<Note[]> {
  if (view.seqOf(record) === undefined) return []
  const rows = await ops.store.db
    .selectFrom('notes')
    .innerJoin('people', 'people.id', 'notes.person_id')
    .select(['notes.kind', 'notes.sealed', 'notes.written_at', 'people.name'])
    .where('extraction_id', '=', opening.extraction)
    .where('record_id', '=', record)
    .orderBy('written_at')
    .execute()
  const texts = await openedTexts(ops, opening.extraction, rows)
  return rows.map(({ kind, written_at, name }, at) => ({ kind, text: texts[at] ?? '', by: name, at: written_at }))
}
