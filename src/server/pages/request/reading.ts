import { CLAUSE_STEPS, readUsual, stepsFor, type Written } from '../../../actions/index.ts'
import type { Ops } from '../../../actions/index.ts'
import {
  type Clause,
  FEWEST,
  type Intrusion,
  intrusionOf,
  lintScope,
  listScope,
  type Measure,
  measureOf,
  MEASURES,
  type Scope,
  sensitiveIn,
  type Usual,
  type Warning,
} from '../../../scope/index.ts'
import { type DaysDrawing, drawDays, drawGrid, type GridDrawing } from './intrusion-drawing.ts'
import { STEP_WORDS } from './words.ts'

/** What a scope says, warns of and reaches, as it stands beside every question. */
export interface Reading {
  readonly paragraphs: readonly { readonly text: string; readonly limits: readonly string[]; readonly open?: string }[]
  readonly warnings: readonly Warning[]
  readonly figures: readonly {
    readonly name: string
    readonly here: string
    readonly usual?: string
    readonly more: boolean
  }[]
  readonly compared?: string
  readonly days: DaysDrawing
  readonly grid: GridDrawing
  readonly empty: boolean
}

/** Reads what is written, what is not finished included, and compares it with what is usual in the force. */
export async function readingOf(ops: Ops, written: Written): Promise<Reading> {
  return reading(written, await readUsual(ops), ops.now())
}

/** The same from what it is made of. */
export function reading({ document, beliefs }: Written, usual: Usual | undefined, now: Date): Reading {
  const finished = document.scope ?? []
  const unfinished = Object.entries(beliefs.unfinished ?? {}).flatMap(([id, { clause, answered }]) =>
    clause.records === undefined || clause.line_of_enquiry === undefined
      ? []
      : [
          {
            clause: { ...clause, id } as Clause,
            open: stepsFor(clause.records).filter((step) => !answered.includes(step)),
          },
        ],
  )
  const scope: Scope = [...finished, ...unfinished.map(({ clause }) => clause)]
  const texts = listScope(scope, [], 'uk')
  const open = new Map(unfinished.map((one) => [one.clause.id, one.open]))
  const intrusion = intrusionOf(scope)
  return {
    paragraphs: texts.map((said, at) => {
      const left = open.get(scope[at]?.id ?? '')
      return left === undefined
        ? said
        : { ...said, open: listed(left.map((step) => STEP_WORDS[step].short.toLowerCase())) }
    }),
    warnings: [...(scope.length === 0 ? [] : lintScope(scope)), ...sensitiveIn(scope)].filter(
      ({ code, clause }) => !isTooEarly(code, open.get(clause ?? '')),
    ),
    figures: figuresOf(intrusion, usual),
    ...(scope.length > 0 && {
      compared:
        usual === undefined
          ? `No comparison yet: fewer than ${FEWEST} requests have been granted in this force.`
          : `Compared with the middle of the last ${usual.of} requests granted in this force.`,
    }),
    days: drawDays(intrusion, now),
    grid: drawGrid(intrusion),
    empty: scope.length === 0,
  }
}

/** Names in a row. One of them has an “and” of its own, so that another must stand before the last with its comma. */
function listed(names: readonly string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')}${names.some((name) => name.includes(' and ')) ? ',' : ''} and ${names.at(-1)}`
}

/** The questions without whose answer a warning says nothing yet. */
const ABOUT: Readonly<Record<string, readonly (typeof CLAUSE_STEPS)[number][]>> = {
  everything: ['apps', 'time', 'people', 'words', 'place'],
  no_time_limit: ['time'],
  no_party_or_keyword: ['people', 'words'],
  all_apps: ['apps'],
  attachments_without_need: ['people', 'words', 'place'],
  clause_inside_another: CLAUSE_STEPS,
  kind_sensitive: ['apps'],
}

function isTooEarly(code: string, open: readonly (typeof CLAUSE_STEPS)[number][] = []): boolean {
  return (ABOUT[code] ?? []).some((step) => open.includes(step))
}

const NAMES: Readonly<Record<Measure, string>> = {
  days: 'Days',
  kinds: 'Kinds of record',
  apps: 'Apps',
  parties: 'People named',
  context: 'Messages around each',
}
const WITHOUT_LIMIT: Readonly<Record<Measure, string>> = {
  days: 'no limit',
  kinds: 'all',
  apps: 'every app',
  parties: 'anybody',
  context: 'no limit',
}

function figuresOf(intrusion: Intrusion, usual: Usual | undefined): Reading['figures'] {
  const figure = (name: Measure) => {
    const here = measureOf(intrusion, name)
    return {
      name: NAMES[name],
      here: written(here, name),
      ...(usual && { usual: written(usual[name], name) }),
      more: usual !== undefined && here > usual[name],
    }
  }
  const { words, places, media } = intrusion
  return [
    ...MEASURES.map(figure),
    { name: 'Words looked for', here: words === undefined ? 'whatever is said' : String(words), more: false },
    ...(places ? [{ name: 'Places', here: String(places), more: false }] : []),
    {
      name: 'Pictures and files',
      here: media ? 'taken' : 'names only',
      ...(usual && { usual: usual.media > 0.5 ? 'taken' : 'names only' }),
      more: usual !== undefined && media && usual.media <= 0.5,
    },
  ]
}

function written(value: number, name: Measure): string {
  return Number.isFinite(value) ? value.toLocaleString('en-GB') : WITHOUT_LIMIT[name]
}
