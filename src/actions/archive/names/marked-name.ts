import {
  commonWords,
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
import { askFirst } from '../../allow.ts'
import type { Actor, Ops } from '../../ops.ts'
import { archiveRow } from '../archive-row.ts'
import { allNames, eachName, type ArchiveName, masked, noteShown, type ReadExample, unreadNames } from './all-names.ts'

/** A name as somebody marked its parts. */
export interface MarkedName {
  readonly archiveId: string
  readonly itemId: string
  /** after which characters a run is cut once more */
  readonly cuts: readonly number[]
  /** what each part is, by its first character, counted from 1; what is not named stands for itself */
  readonly marks: ReadonlyMap<number, Part>
  /** what each word for a direction means; null: it is not known for certain */
  readonly directions: ReadonlyMap<string, Direction | null>
}

/** A part of a name that can be marked, masked. */
export interface MarkablePart {
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
  /** `from`: at which part, by its first character */
  readonly faults: readonly { readonly from?: number; readonly says: string }[]
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

/** Whoever marks a name manages the archive and sees names of recordings. Throws ActionError NOT_ALLOWED. */
export async function mayMark(ops: Ops, actor: Actor): Promise<void> {
  await askFirst(ops, actor, 'archive.manage')
  await askFirst(ops, actor, 'recording.see')
}

/**
 * Shows one name to mark, masked, and tries what was marked on the whole archive, where anything was; nothing is kept. That names were shown is written down.
 * Throws ActionError NOT_ALLOWED, NOT_FOUND.
 */
export async function tryMarks(ops: Ops, actor: Actor, input: MarkedName): Promise<TriedMarks> {
  await mayMark(ops, actor)
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
  const common = commonWords(await unreadNames(ops, archiveId, names))
  const tokens = maskedTokens(name.stem, { cuts, common })
  const about = {
    archiveTitle: title,
    masked: tokens.map(({ shown }) => shown).join(''),
    parts: tokens.map((token) => ({
      from: token.at + 1,
      to: token.at + token.text.length,
      shown: token.shown,
      parts: partsFor(token),
      isHidden: token.isHidden,
    })),
  }
  const learnt = templateOf(
    tokens,
    tokens.map(({ at }) => marks.get(at + 1)),
  )
  if ('faults' in learnt) {
    await noteShown(ops, actor, archiveId, [itemId])
    // Before anything is marked nothing is wrong.
    const faults = learnt.faults.map(({ at, says }) => ({
      ...(at !== undefined && { from: (tokens[at]?.at ?? 0) + 1 }),
      says,
    }))
    return { shown: { ...about, faults: marks.size === 0 ? [] : faults } }
  }
  const words = await wordsIn(learnt.template, names, common)
  if (words === 'not one') {
    await noteShown(ops, actor, archiveId, [itemId])
    return { shown: { ...about, faults: [{ says: NO_DIRECTION }] } }
  }
  const directions = Object.fromEntries((words ?? []).map(([word]) => [word, input.directions.get(word) ?? null]))
  const template = withDirections('tried', learnt.template, directions)
  const trial = new TemplateTrial(template)
  await eachName(names, ({ path, named }) => trial.add(path, named))
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

/** The words in the place of a direction. What is learnt of it is kept as it is written, and so none of them may be somebody's name. */
async function wordsIn(template: string, names: readonly ArchiveName[], common: ReadonlySet<string>) {
  if (!template.includes('{direction}')) return undefined
  const found = new DirectionWords(template)
  await eachName(names, ({ path }) => found.add(path))
  const { words } = found
  const isSomebodys = (word: string) => maskedTokens(word, { common }).some(({ isHidden }) => isHidden)
  return words === undefined || words.some(([word]) => isSomebodys(word)) ? ('not one' as const) : words
}

const NO_DIRECTION = 'What stands there is different in too many names, or on too few phones, to be a direction'
