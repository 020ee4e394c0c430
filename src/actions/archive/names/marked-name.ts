import {
  type Direction,
  DirectionWords,
  maskedTokens,
  type NameTemplate,
  type Part,
  partsFor,
  templateOf,
  TemplateTrial,
  withDirections,
} from '../../../recordings/index.ts'
import { notFound } from '../../action-error.ts'
import { allow, noteRefusal } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import {
  allNames,
  type ArchiveName,
  masked,
  noteShown,
  type ReadExample,
  unreadNames,
  wordsOfNobody,
} from './all-names.ts'

/** A name as somebody marked its parts. */
export interface MarkedName {
  readonly archiveId: string
  readonly itemId: string
  /** after which characters a run is cut once more */
  readonly cuts: readonly number[]
  /** what each part is, by its place; what is not named stands for itself */
  readonly marks: ReadonlyMap<number, Part>
  /** what each word for a direction means; null: it is not known for certain */
  readonly directions: ReadonlyMap<string, Direction | null>
}

/** A part of a name that can be marked, masked. */
export interface MarkablePart {
  readonly at: number
  /** its first and last character, counted from 1 */
  readonly from: number
  readonly to: number
  readonly shown: string
  readonly parts: readonly Part[]
  /** whether it may be somebody's, and so cannot stand for itself */
  readonly isHidden: boolean
}

/** What was marked, tried on the whole archive. */
export interface TriedMarks {
  readonly archiveTitle: string
  readonly masked: string
  readonly parts: readonly MarkablePart[]
  readonly faults: readonly { readonly at?: number; readonly says: string }[]
  /** words in the place of the direction, with how many names have each; absent where no direction is marked */
  readonly words?: readonly (readonly [word: string, names: number])[]
  /** absent where there are faults */
  readonly trial?: {
    readonly template: string
    readonly of: number
    readonly read: number
    /** of those, how many say something else than they were read to say before */
    readonly otherwise: number
    readonly examples: readonly ReadExample[]
  }
}

/**
 * Shows one name to mark, masked, and tries what was marked on the whole archive, where anything was; nothing is kept. That names were shown is written down.
 * Throws ActionError NOT_ALLOWED, NOT_FOUND.
 */
export async function tryMarks(ops: Ops, actor: Actor, input: MarkedName): Promise<TriedMarks> {
  for (const act of ['archive.manage', 'recording.see'] as const) {
    const may = await allow(ops, actor, act)
    if (!may.allowed) throw await noteRefusal(ops, actor, act, may)
  }
  return (await tried(ops, actor, input)).shown
}

/** The same with the template itself, for what has asked the policy already. */
export async function tried(
  ops: Ops,
  actor: Actor,
  input: MarkedName,
): Promise<{ readonly shown: TriedMarks; readonly template?: Omit<NameTemplate, 'id'> }> {
  const { archiveId, itemId, cuts, marks } = input
  const { title } = await archiveRow(ops, archiveId)
  const names = await allNames(ops, archiveId)
  const name = names.find((one) => one.itemId === itemId)
  if (name === undefined || name.stem === '') throw notFound()
  const common = wordsOfNobody(await unreadNames(ops, archiveId, names))
  const tokens = maskedTokens(name.stem, { cuts, common })
  const about = {
    archiveTitle: title,
    masked: tokens.map(({ shown }) => shown).join(''),
    parts: tokens.map((token, at) => ({
      at,
      from: token.at + 1,
      to: token.at + token.text.length,
      shown: token.shown,
      parts: partsFor(token),
      isHidden: token.isHidden,
    })),
  }
  const learnt = templateOf(
    tokens,
    tokens.map((_, at) => marks.get(at)),
  )
  if ('faults' in learnt) {
    await noteShown(ops, actor, archiveId, [itemId])
    // Before anything is marked nothing is wrong.
    return { shown: { ...about, faults: marks.size === 0 ? [] : learnt.faults } }
  }
  const words = wordsIn(learnt.template, names)
  if (words === 'too many') {
    await noteShown(ops, actor, archiveId, [itemId])
    return { shown: { ...about, faults: [{ says: 'So many different words stand there that it is no direction' }] } }
  }
  const directions = Object.fromEntries((words ?? []).map(([word]) => [word, input.directions.get(word) ?? null]))
  const template = withDirections('tried', learnt.template, directions)
  const trial = new TemplateTrial(template)
  for (const { path, named } of names) trial.add(path, named)
  const shownIds = trial.examples.map(({ path }) => names.find((one) => one.path === path)?.itemId ?? itemId)
  await noteShown(ops, actor, archiveId, [...new Set([itemId, ...shownIds])])
  const { of, read, otherwise } = trial
  return {
    shown: {
      ...about,
      faults: [],
      ...(words !== undefined && { words }),
      trial: { template: learnt.template, of, read, otherwise, examples: masked(trial.examples, common) },
    },
    template,
  }
}

function wordsIn(template: string, names: readonly ArchiveName[]) {
  if (!template.includes('{direction}')) return undefined
  const found = new DirectionWords(template)
  for (const { path } of names) found.add(path)
  return found.words ?? ('too many' as const)
}
