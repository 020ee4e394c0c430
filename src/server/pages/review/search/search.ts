import { noteSearch, type OpenExtract, setApartFound, showRecords } from '../../../../actions/index.ts'
import { fold } from '../../../../records/index.ts'
import { FOUND_AT_MOST, phrasesIn, type View } from '../../../../review/index.ts'
import { sensitiveIn } from '../../../../scope/index.ts'
import { errorsView, field } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { type Asked, askedFor, filterFields, wholeNumber, withQuery } from '../filter-fields.ts'
import { frame, reading } from '../reading.ts'
import { shownRecord } from '../shown-record.ts'
import { Names } from '../titles.ts'

const PER_PAGE = 20
const LONGEST = 200

/** Finding words. They stand in the address, and in no log: what was looked for is kept sealed inside the extract (law row D14). */
export const searchRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.reviewSearch,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['item.viewed'],
    handle: (visit) => reading(visit, 'main', (open) => search(visit, open)),
  },
  {
    method: 'POST',
    path: PATHS.reviewSearchSetApart,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['extract.set_apart'],
    handle: setApart,
  },
]

async function search(visit: Visit, open: OpenExtract): Promise<Answer> {
  const asked = askedFor(visit)
  const names = new Names(open)
  const path = pathTo(PATHS.reviewSearch, { extraction: open.opening.extraction })
  const words = (visit.query['words'] ?? '').trim()
  const phrases = phrasesIn(words)
  const lines = (open.held.document['lines_of_enquiry'] ?? []) as readonly { id: string; proposition: string }[]
  const line = lines.find(({ id }) => id === visit.query['line'])
  const errors = [
    ...asked.errors,
    ...(words.length > LONGEST ? [{ field: 'words', text: `Search for ${LONGEST} characters or fewer` }] : []),
    ...(words !== '' && phrases.length === 0
      ? [{ field: 'words', text: 'Enter a word: signs alone cannot be searched for' }]
      : []),
  ]
  const base = {
    ...frame(visit, open, PATHS.reviewSearch),
    title: 'Search',
    path,
    words,
    setApart: pathTo(PATHS.reviewSearchSetApart, { extraction: open.opening.extraction }),
    fields: filterFields(open.view, asked, names.involved),
    kept: Object.entries(asked.query).filter(([name]) => name !== 'words'),
    ...errorsView(errors),
  }
  if (phrases.length === 0 || errors.length > 0) return { page: 'pages/review/search/search.njk', view: base }

  const warnings = sensitiveWords(phrases)
  if (warnings.length > 0 && line === undefined)
    return {
      page: 'pages/review/search/sensitive.njk',
      view: {
        ...base,
        title: 'Sensitive words',
        warnings,
        lines,
        ...errorsView(
          visit.query['asked'] ? [{ field: 'line-1', text: 'Choose the line of enquiry that this search is for' }] : [],
        ),
      },
    }
  const number = Math.max(1, wholeNumber(visit.query['page']) ?? 1)
  const { items, total, isAll } = open.view.search(phrases, asked.filter, PER_PAGE, (number - 1) * PER_PAGE)
  if (number === 1)
    await noteSearch(
      visit.service.ops,
      visit.actor,
      open,
      { words, within: within(asked), ...(line !== undefined && { line: line.id }) },
      total,
    )
  await showRecords(visit.service.ops, visit.actor, open, 'search', items)
  const query = { ...asked.query, line: line?.id }
  return {
    page: 'pages/review/search/search.njk',
    view: {
      ...base,
      searched: true,
      total,
      isAll,
      most: FOUND_AT_MOST,
      records: items.map((item) => shownRecord(open, item, { names, phrases, snippets: true })),
      links: {
        before: number > 1 ? withQuery(path, { ...query, page: number - 1 }) : undefined,
        after: number * PER_PAGE < total ? withQuery(path, { ...query, page: number + 1 }) : undefined,
      },
    },
  }
}

/** Sets apart what words find, before anybody has read it: names of lawyers, words of advice (law row G1). Unread, it is no fishing. */
async function setApart(visit: Visit): Promise<Answer> {
  const { service, actor, params } = visit
  const extraction = params['extraction'] ?? ''
  const phrases = phrasesIn(field(visit, 'words').slice(0, LONGEST))
  const asked = askedFor({ query: Object.fromEntries(FILTERS.map((name) => [name, field(visit, name)])) })
  const find = (view: View) => view.found(phrases, asked.filter)
  await setApartFound(service.ops, actor, { extraction, find })
  return { redirect: withQuery(pathTo(PATHS.reviewSearch, { extraction }), { done: 'found' }) }
}

const FILTERS = ['kind', 'app', 'party', 'tag', 'from', 'to']

/** What looking for these words may give away: nobody goes fishing (DPA 2018 s.35(8), YJCEA 1999 s.41; law row G12). */
function sensitiveWords(phrases: readonly string[]): string[] {
  const found = sensitiveIn([
    { id: 'search', line_of_enquiry: '', records: ['message'], containing: { any: phrases.map((one) => fold(one)) } },
  ])
  return found
    .filter(({ code }) => code === 'keyword_sensitive')
    .map(({ message }) =>
      message.replace(/ Is it what the line of enquiry is about\?$/, '').replace(/“ (.*?) ”/, '“$1”'),
    )
}

function within({ query }: Asked): string {
  return Object.entries(query)
    .filter(([name]) => name !== 'words')
    .map(([name, value]) => (name === 'party' ? 'one person' : `${name} ${value}`))
    .join(', ')
}
