import { type Narrowing, narrower, narrowRequest } from '../../../../actions/index.ts'
import { localTime } from '../../../../records/index.ts'
import { readBritishTime } from '../../../british-time.ts'
import { type Clause, listScope } from '../../../../scope/index.ts'
import { errorsView, field, type FieldError, fields } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { decidable, outcomeView, reasonErrors, typedReasons } from '../reasons.ts'

const MINUTE = 60_000
type Values = Readonly<Record<string, string>>

/** Offering less: parts go, or their time is shortened. What comes of it is a draft that is asked for anew (law row B29). */
export const narrowRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.decisionNarrow,
    who: 'decision.narrow',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const found = await decidable(visit)
      if ('redirect' in found) return found
      const scope = found.view.document.scope ?? []
      return page(visit, { values: Object.assign({}, ...scope.map(asTyped)), keep: scope.map(({ id }) => id) }, [])
    },
  },
  {
    method: 'POST',
    path: PATHS.decisionNarrow,
    who: 'decision.narrow',
    about: 'request',
    logs: ['authorisation.narrowed', 'request.started'],
    handle: async (visit) => {
      const found = await decidable(visit)
      if ('redirect' in found) return found
      const scope = found.view.document.scope ?? []
      const keep = fields(visit, 'keep')
      const reasons = typedReasons(visit)
      const typed: Values = Object.assign({}, reasons, ...scope.map(({ id }) => typedWindow(visit, id)))
      const { narrowing, errors } = readNarrowing(scope, keep, typed)
      if (errors.length === 0) {
        const made = narrower(scope, narrowing)
        if ('faults' in made)
          for (const { clause, says } of made.faults)
            errors.push({ field: clause === undefined ? 'keep' : `${clause}-from-day`, text: says.replace(/\.$/, '') })
      }
      errors.push(...reasonErrors(reasons))
      if (errors.length > 0) return page(visit, { values: typed, keep }, errors)
      const id = visit.params['request'] as string
      await narrowRequest(visit.service.ops, visit.actor, { requestId: id, ...reasons, ...narrowing })
      return { redirect: pathTo(PATHS.decisionDone, { request: id }) }
    },
  },
]

const FIELDS = ['from-day', 'from-month', 'from-year', 'to-day', 'to-month', 'to-year'] as const

function typedWindow(visit: Visit, clause: string): Values {
  return Object.fromEntries(FIELDS.map((name) => [`${clause}-${name}`, field(visit, `${clause}-${name}`)]))
}

/** A clause's time as a form has it: first and last day, both inclusive. */
function asTyped({ id, between }: Clause): Values {
  if (between === undefined) return {}
  const from = localTime(between.from)
  const to = localTime(Date.parse(between.to) - MINUTE)
  return {
    [`${id}-from-day`]: String(from.day),
    [`${id}-from-month`]: String(from.month),
    [`${id}-from-year`]: String(from.year),
    [`${id}-to-day`]: String(to.day),
    [`${id}-to-month`]: String(to.month),
    [`${id}-to-year`]: String(to.year),
  }
}

/** Reads what is to go and what is to be shorter; a time that was left as it was is no change. */
function readNarrowing(
  scope: readonly Clause[],
  keep: readonly string[],
  typed: Values,
): { narrowing: Narrowing; errors: FieldError[] } {
  const errors: FieldError[] = []
  const windows: Record<string, { from: string; to: string }> = {}
  for (const clause of scope.filter(({ id }) => keep.includes(id))) {
    const { id } = clause
    const before = asTyped(clause)
    if (FIELDS.every((name) => (typed[`${id}-${name}`] ?? '') === (before[`${id}-${name}`] ?? ''))) continue
    const at = (end: 'from' | 'to') =>
      readBritishTime({
        day: typed[`${id}-${end}-day`] ?? '',
        month: typed[`${id}-${end}-month`] ?? '',
        year: typed[`${id}-${end}-year`] ?? '',
        time: end === 'from' ? '00:00' : '23:59',
      })
    const [from, to] = [at('from'), at('to')]
    if (from === undefined) errors.push({ field: `${id}-from-day`, text: `The first day of ${id} must be a real date` })
    if (to === undefined) errors.push({ field: `${id}-to-day`, text: `The last day of ${id} must be a real date` })
    if (from === undefined || to === undefined) continue
    windows[id] = within(clause, from, new Date(to.getTime() + MINUTE))
  }
  return { narrowing: { without: scope.map(({ id }) => id).filter((id) => !keep.includes(id)), windows }, errors }
}

/** An end whose day was left as it was stays to the minute as it was. */
function within({ between }: Clause, from: Date, to: Date): { from: string; to: string } {
  const written = { from: from.toISOString(), to: to.toISOString() }
  if (between === undefined) return written
  const same = (a: Date, b: string) =>
    JSON.stringify({ ...localTime(a), hour: 0, minute: 0 }) === JSON.stringify({ ...localTime(b), hour: 0, minute: 0 })
  return {
    from: same(from, between.from) ? between.from : written.from,
    to: same(new Date(to.getTime() - MINUTE), new Date(Date.parse(between.to) - MINUTE).toISOString())
      ? between.to
      : written.to,
  }
}

async function page(
  visit: Visit,
  { values, keep }: { values: Values; keep: readonly string[] },
  errors: readonly FieldError[],
): Promise<Answer> {
  const found = await decidable(visit)
  if ('redirect' in found) return found
  const scope = found.view.document.scope ?? []
  const texts = listScope(scope, [], 'uk')
  return {
    page: 'pages/decision/narrow/narrow.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Offer less than was asked',
      ...outcomeView(found.view),
      clauses: scope.map(({ id }, at) => ({
        id,
        said: texts[at],
        kept: keep.includes(id),
        from: ['day', 'month', 'year'].map((part) => ({ part, value: values[`${id}-from-${part}`] })),
        to: ['day', 'month', 'year'].map((part) => ({ part, value: values[`${id}-to-${part}`] })),
      })),
      hints: {
        necessity: 'Why what stays is necessary, and what goes is not.',
        proportionality: 'Why what stays is proportionate, and the whole was not.',
      },
      button: 'Offer this instead',
      values,
      ...errorsView(errors),
    },
  }
}
