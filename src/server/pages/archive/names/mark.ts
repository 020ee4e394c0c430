import {
  type MarkablePart,
  type MarkedName,
  proposeTemplate,
  type TriedMarks,
  tryMarks,
} from '../../../../actions/index.ts'
import { type Direction, type Part, PARTS } from '../../../../recordings/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { exampleRow } from './examples.ts'
import { DIRECTION_WORDS, PART_WORDS, templateWords } from './words.ts'

/** Where somebody marks which part of a name is what, tries it on the whole archive, and proposes it (law row E14). */
export const markRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveNameMark,
    who: 'archive.manage',
    stepUp: true,
    logs: ['names.shown'],
    handle: async (visit) => {
      const input = { ...named(visit), cuts: [], marks: new Map(), directions: new Map() }
      return page(visit, input, await tryMarks(visit.service.ops, visit.actor, input), [])
    },
  },
  {
    method: 'POST',
    path: PATHS.archiveNameMark,
    who: 'archive.manage',
    stepUp: true,
    logs: ['names.shown', 'template.proposed'],
    handle: marked,
  },
]

async function marked(visit: Visit): Promise<Answer> {
  const { ops } = visit.service
  const cuts = field(visit, 'cuts')
  const cutsFault = /^[\d\s,]*(?:and[\d\s,]*)*$/.test(cuts)
    ? []
    : [{ field: 'cuts', text: 'Enter numbers of characters, such as 11 and 19' }]
  const input: MarkedName = {
    ...named(visit),
    cuts: cutsFault.length > 0 ? [] : (cuts.match(/\d{1,3}/g) ?? []).map(Number),
    marks: marksOf(visit),
    directions: directionsOf(visit),
  }
  const tried = await tryMarks(ops, visit.actor, input)
  const errors: FieldError[] = [
    ...cutsFault,
    ...(input.marks.size === 0 && cuts === '' ? [{ field: firstField(tried), text: 'Mark at least one part' }] : []),
    ...tried.faults.map(({ from, says }) => ({
      field: from === undefined ? firstField(tried) : `part-${from}`,
      text: says,
    })),
  ]
  if (field(visit, 'do') !== 'propose' || errors.length > 0 || tried.trial === undefined)
    return page(visit, input, tried, errors)
  const unsaid = (tried.words ?? []).flatMap(([word], index) =>
    input.directions.has(word) ? [] : [{ field: `means-${index}`, text: `Select what “${word}” means` }],
  )
  if (unsaid.length > 0) return page(visit, input, tried, unsaid)
  if (tried.trial.read === 0)
    return page(visit, input, tried, [
      { field: firstField(tried), text: 'No name is read by this: mark it in another way' },
    ])
  await proposeTemplate(ops, visit.actor, input)
  return { redirect: `${pathTo(PATHS.archiveNames, { archive: input.archiveId })}?done=proposed` }
}

function named({ params }: Visit): { archiveId: string; itemId: string } {
  return { archiveId: params['archive'] ?? '', itemId: params['item'] ?? '' }
}

function marksOf(visit: Visit): Map<number, Part> {
  return new Map(
    Object.keys(visit.form).flatMap((name) => {
      const from = /^part-(\d{1,3})$/.exec(name)?.[1]
      const part = field(visit, name)
      return from !== undefined && Object.hasOwn(PARTS, part) ? [[Number(from), part as Part] as const] : []
    }),
  )
}

function directionsOf(visit: Visit): Map<string, Direction | null> {
  return new Map(
    Object.keys(visit.form).flatMap((name) => {
      const index = /^means-(\d)$/.exec(name)?.[1]
      const means = field(visit, name)
      if (index === undefined || !Object.hasOwn(DIRECTION_WORDS, means)) return []
      return [[field(visit, `word-${index}`), means === 'unknown' ? null : (means as Direction)] as const]
    }),
  )
}

/** Where an error of the whole is shown: at the first part that can be marked. */
function firstField({ parts }: TriedMarks): string {
  return `part-${parts.find((part) => part.parts.length > 0)?.from ?? 1}`
}

function page(visit: Visit, input: MarkedName, tried: TriedMarks, errors: readonly FieldError[]): Answer {
  const { trial, words = [] } = tried
  return {
    page: 'pages/archive/names/mark.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Mark the parts of a name',
      back: pathTo(PATHS.archiveNames, { archive: input.archiveId }),
      backText: 'File names that cannot be read yet',
      archiveTitle: tried.archiveTitle,
      masked: tried.masked,
      parts: tried.parts
        .filter(({ parts }) => parts.length > 0)
        .map((part) => select(part, input.marks.get(part.from))),
      cuts: input.cuts.join(', '),
      given: { cuts: field(visit, 'cuts') },
      words: words.map(([word, names], index) => ({
        index,
        word,
        names,
        items: [
          { value: '', text: 'Select what it means' },
          ...Object.entries(DIRECTION_WORDS).map(([value, text]) => ({
            value,
            text,
            selected: input.directions.has(word) && (input.directions.get(word) ?? 'unknown') === value,
          })),
        ],
      })),
      trial: trial && { ...trial, says: templateWords(trial.template), examples: trial.examples.map(exampleRow) },
      ...errorsView(errors),
    },
  }
}

function select({ from, to, shown, parts, isHidden }: MarkablePart, mark: Part | undefined) {
  return {
    name: `part-${from}`,
    shown,
    where: from === to ? `Character ${from}` : `Characters ${from} to ${to}`,
    items: [
      { value: '', text: isHidden ? 'Select what it is' : 'The same in every name' },
      ...parts.map((value) => ({ value, text: PART_WORDS[value], selected: value === mark })),
    ],
  }
}
