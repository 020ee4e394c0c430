import {
  type NewStatement,
  type OwnStatement,
  readOwnArchives,
  STATED,
  statementFaults,
  stateOwn,
} from '../../../../../actions/index.ts'
import { dayWords } from '../../../../day-words.ts'
import { dayGiven, dayTyped, errorsFrom, errorsView, field, type FieldError } from '../../../../form.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Answer, Route, Visit } from '../../../../route.ts'
import { STATED_WORDS } from '../words.ts'

/** Whoever held a phone says what its recordings are, in closed words: the owner attests (law row E14). Nobody sees more of an archive here than its title. */
export const mineRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.myRecordings,
    who: 'archive.state',
    logs: [],
    handle: async ({ service, actor, query }) => ({
      page: 'pages/archive/triage/mine/mine.njk',
      view: {
        title: 'Recordings of your phone',
        back: PATHS.account,
        backText: 'Your account',
        done:
          query['done'] === 'stated'
            ? 'Your answer is saved. It counts from the next time the recordings are matched.'
            : '',
        archives: (await readOwnArchives(service.ops, actor)).map(({ id, title, statements }) => ({
          title,
          statements: statements.map((one) => ({ ...one, says: STATED_WORDS[one.says].text, days: daysOf(one) })),
          href: pathTo(PATHS.myRecordingsState, { archive: id }),
        })),
      },
    }),
  },
  {
    method: 'GET',
    path: PATHS.myRecordingsState,
    who: 'archive.state',
    logs: [],
    handle: (visit) => page(visit, { says: '' }, []),
  },
  {
    method: 'POST',
    path: PATHS.myRecordingsState,
    who: 'archive.state',
    logs: ['archive.stated'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const statement = { says: field(visit, 'says'), from: dayGiven(visit, 'from'), to: dayGiven(visit, 'to') }
      const errors = errorsFrom(statementFaults(statement), (fault) => (fault === 'says' ? fault : `${fault}-day`))
      if (errors.length > 0) return page(visit, statement, errors)
      await stateOwn(service.ops, actor, params['archive'] ?? '', statement)
      return { redirect: `${PATHS.myRecordings}?done=stated` }
    },
  },
]

async function page(visit: Visit, values: Pick<NewStatement, 'says'>, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const archive = (await readOwnArchives(service.ops, actor)).find(({ id }) => id === params['archive'])
  if (archive === undefined) return { redirect: PATHS.myRecordings }
  return {
    page: 'pages/archive/triage/mine/state.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Say what the recordings of your phone are',
      back: PATHS.myRecordings,
      archive,
      choices: STATED.map((value) => ({
        value,
        text: STATED_WORDS[value].text,
        ...(STATED_WORDS[value].hint !== undefined && { hint: { text: STATED_WORDS[value].hint } }),
        checked: values.says === value,
      })),
      from: dayTyped(visit, 'from'),
      to: dayTyped(visit, 'to'),
      ...errorsView(errors),
    },
  }
}

function daysOf({ from, to }: Pick<OwnStatement, 'from' | 'to'>): string {
  const [first, last] = [from, to].map((day) => (day === null ? undefined : dayWords(day)))
  if (first === undefined && last === undefined) return 'All the time that you held it'
  if (last === undefined) return `From ${first}`
  return first === undefined ? `Until ${last}` : `${first} to ${last}`
}
