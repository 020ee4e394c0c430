import {
  type AppRecord,
  clearance,
  type CLEARANCE_REASONS,
  type Instruction,
  instructionDigest,
  type InstructionReceipt,
  isSamePerson,
  type QuizAttempt,
} from '../../apps/index.ts'
import { britishDay, idKey } from '../../records/index.ts'
import { askFirst } from '../allow.ts'
import { readRoster, type RosterLine } from '../fleet/roster.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'

/** How far somebody has come with an instruction. */
export type Reading = keyof typeof CLEARANCE_REASONS

/** An instruction as somebody sees it who has to follow it. */
export interface InstructionToRead {
  readonly app: string
  readonly title: string
  readonly instruction: Instruction
  readonly digest: string
  /** whether their phone may get the app: their role is one of the app's, or they are among those who try it */
  readonly isTheirs: boolean
  readonly reading: Reading
}

const GONE = ['withdrawn', 'removed', 'refused'] as const

/** Every instruction that counts, with how far the person has come; those that are theirs first (law row E9). For whoever is signed in. */
export async function instructionsFor(ops: Ops, actor: Actor, only?: string): Promise<InstructionToRead[]> {
  const rows = await withInstructions(ops, only)
  if (rows.length === 0) return []
  const roster = (await readRoster(ops)).filter(
    ({ holder }) => holder !== undefined && isSamePerson({ id: holder }, actor),
  )
  const [receipts, attempts] = await answersOf(
    ops,
    rows.map(({ app_id }) => app_id),
    actor.id,
  )
  const of = <T extends { readonly app: string }>(all: readonly T[], app: string) =>
    all.filter((one) => one.app === app)
  return rows
    .map(({ app_id, title, record, document }) => ({
      app: app_id,
      title,
      instruction: document,
      digest: instructionDigest(document),
      isTheirs: isExpected(record, actor.id, roster),
      reading: readingOf(ops, actor.id, document, of(receipts, app_id), of(attempts, app_id)),
    }))
    .sort((a, b) => Number(b.isTheirs) - Number(a.isTheirs) || (a.title < b.title ? -1 : 1))
}

/** Who has to read an instruction, and how far each has come. */
export interface Readers {
  readonly title: string
  readonly digest: string
  readonly version: number
  /** whether the catalogue names this version: else the app is let onto no phone */
  readonly isNamed: boolean
  readonly people: readonly { readonly id: string; readonly name?: string; readonly reading: Reading }[]
  /** people who read it although they need not */
  readonly others: number
  /** phones of its roles of which nobody said who holds them */
  readonly unheld: number
}

/**
 * Who may be given an app, and who has not read its instruction or not passed its questions (law rows E9, E10), by name for whoever answers for apps. Those whose
 * phones have one of its roles, as the roster says, and those who try it. Throws ActionError NOT_ALLOWED. Undefined where there is no instruction.
 */
export async function readReaders(ops: Ops, actor: Actor, appId: string): Promise<Readers | undefined> {
  await askFirst(ops, actor, 'instruction.write')
  const [row] = await withInstructions(ops, appId)
  if (row === undefined) return undefined
  const { record, document } = row
  const digest = instructionDigest(document)
  const ofRoles = (await readRoster(ops)).filter(({ role }) => record.entry.roles.includes(role))
  const told = [
    ...ofRoles.flatMap(({ holder }) => holder ?? []),
    ...(record.state === 'trial' ? (record.trial?.people ?? []).map(({ id }) => id) : []),
  ]
  // A roster writes staff numbers as it likes; the directory's own spelling counts.
  const written = await ops.store.db.selectFrom('people').select(['id', 'name']).execute()
  const spelt = new Map(written.map((one) => [idKey(one.id), one]))
  const ids = new Set(told.map((id) => spelt.get(idKey(id))?.id ?? id))
  const names = new Map(written.map(({ id, name }) => [id, name]))
  const [receipts, attempts] = await answersOf(ops, [appId])
  const people = [...ids].map((id) => ({
    id,
    ...(names.has(id) && { name: names.get(id) as string }),
    reading: readingOf(ops, id, document, receipts, attempts),
  }))
  return {
    title: row.title,
    digest,
    version: document.version,
    isNamed: record.entry.instruction === digest,
    people: people.sort((a, b) => ((a.name ?? a.id) < (b.name ?? b.id) ? -1 : 1)),
    others: new Set(receipts.filter(({ of, by }) => of === digest && !ids.has(by.id)).map(({ by }) => by.id)).size,
    unheld: ofRoles.filter(({ holder }) => holder === undefined).length,
  }
}

/** Whether a phone of theirs may get the app. */
function isExpected({ entry, state, trial }: AppRecord, id: string, roster: readonly RosterLine[]): boolean {
  const isTrying = state === 'trial' && (trial?.people ?? []).some((one) => isSamePerson(one, { id }))
  return isTrying || roster.some(({ role }) => entry.roles.includes(role))
}

function readingOf(
  ops: Ops,
  id: string,
  instruction: Instruction,
  receipts: readonly InstructionReceipt[],
  attempts: readonly QuizAttempt[],
): Reading {
  const { reasons } = clearance({ id }, instruction, receipts, attempts, britishDay(ops.now()))
  return (reasons[0]?.code ?? 'not_read') as Reading
}

async function withInstructions({ store: { db } }: Ops, only?: string) {
  if (only !== undefined && !isId(only)) return []
  return db
    .selectFrom('instructions')
    .innerJoin('apps', 'apps.id', 'instructions.app_id')
    .select(['app_id', 'title', 'record', 'document'])
    .distinctOn('app_id')
    .where('state', 'not in', GONE)
    .$if(only !== undefined, (query) => query.where('app_id', '=', only as string))
    .orderBy('app_id')
    .orderBy('instructions.version', 'desc')
    .execute()
}

async function answersOf({ store: { db } }: Ops, apps: readonly string[], person?: string) {
  const receipts = await db
    .selectFrom('instruction_receipts')
    .innerJoin('instructions', 'instructions.digest', 'instruction_receipts.instruction')
    .select(['app_id', 'instruction', 'person_id', 'on_day'])
    .where('app_id', 'in', apps)
    .$if(person !== undefined, (query) => query.where('person_id', '=', person as string))
    .execute()
  const attempts = await db
    .selectFrom('instruction_attempts')
    .innerJoin('instructions', 'instructions.digest', 'instruction_attempts.instruction')
    .select(['app_id', 'instruction', 'person_id', 'on_day', 'chosen'])
    .where('app_id', 'in', apps)
    .$if(person !== undefined, (query) => query.where('person_id', '=', person as string))
    .execute()
  return [
    receipts.map(({ app_id, instruction, person_id, on_day }): InstructionReceipt & { readonly app: string } => ({
      app: app_id,
      by: { id: person_id },
      of: instruction,
      on: on_day,
    })),
    attempts.map(({ app_id, instruction, person_id, on_day, chosen }): QuizAttempt & { readonly app: string } => ({
      app: app_id,
      by: { id: person_id },
      of: instruction,
      on: on_day,
      chosen,
    })),
  ] as const
}

/** Apps for which nobody has written an instruction yet, for whoever writes them. The caller has asked the policy (`instruction.write`). */
export async function appsWithoutInstruction({ store: { db } }: Ops): Promise<{ app: string; title: string }[]> {
  const rows = await db
    .selectFrom('apps')
    .leftJoin('instructions', 'instructions.app_id', 'apps.id')
    .select(['apps.id', 'title'])
    .where('state', 'not in', GONE)
    .where('instructions.digest', 'is', null)
    .orderBy('title')
    .execute()
  return rows.map(({ id, title }) => ({ app: id, title }))
}

/** What an app is called, for a page about it; undefined where there is none. */
export async function readAppTitle({ store: { db } }: Ops, appId: string): Promise<string | undefined> {
  if (!isId(appId)) return undefined
  return (await db.selectFrom('apps').select('title').where('id', '=', appId).executeTakeFirst())?.title
}
