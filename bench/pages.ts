import { openExtract } from '../src/actions/index.ts'
import type { Service } from '../src/server/index.ts'
import { newToken } from '../src/server/sign-in/cookie.ts'
import { noteStepUp, startSession, whoIs } from '../src/server/sign-in/session.ts'
import { PEOPLE } from './force.ts'
import type { Visit } from './visitors.ts'

/** A page, and everybody who opens it: each their own. */
export interface Page {
  readonly what: string
  readonly visits: readonly Visit[]
}

const SEE_CASES = /^(?:pc|dc|ext|exh|rev|dis|dpo)/

/** Whose part it is to open which page; `:id` stands for what the question finds for each of them. */
const PAGES: readonly { what: string; path: string; who?: RegExp; find?: string }[] = [
  { what: 'the start page', path: '/' },
  { what: 'the list of cases', path: '/cases', who: SEE_CASES },
  { what: 'a search among cases', path: '/cases?q=43%2F00', who: SEE_CASES },
  { what: 'a case', path: '/cases/:id', who: SEE_CASES, find: 'm.case_id' },
  {
    what: 'a device',
    path: '/devices/:id',
    who: SEE_CASES,
    find: '(SELECT id FROM devices d WHERE d.case_id = m.case_id LIMIT 1)',
  },
  {
    what: 'a request',
    path: '/requests/:id',
    who: /^(?:pc|dc|ext|dis)/,
    find: '(SELECT id FROM requests r WHERE r.case_id = m.case_id LIMIT 1)',
  },
  {
    what: 'a request to decide',
    path: '/requests/:id/decision',
    who: /^insp/,
    find: `(SELECT id FROM requests WHERE status = 'submitted' ORDER BY hashtext(p.id || id) LIMIT 1)`,
  },
  {
    what: 'an extraction',
    path: '/extractions/:id',
    who: /^(?:pc|dc|ext|rev|dis)/,
    find: '(SELECT extraction_id FROM holdings h WHERE h.case_id = m.case_id LIMIT 1)',
  },
  { what: 'what is held, of all', path: '/retention', who: /^(?:rec|iao|dpo)/ },
]

/** Signs the force in, and gives the ten pages that it opens most, with who opens them. Reviewers have one extract open. */
export async function pagesOf({ ops }: Service): Promise<{ people: number; pages: Page[] }> {
  const cookies = new Map<string, string>()
  const tokens = new Map<string, string>()
  for (const [id, many] of Object.entries(PEOPLE))
    for (let n = 0; n < many; n++) {
      const token = newToken()
      await startSession(ops.store, token, `${id}-${n}`, ops.now())
      tokens.set(`${id}-${n}`, token)
      cookies.set(`${id}-${n}`, `peel=${token}`)
    }
  const visitsTo = (path: string, found: readonly { person: string; id?: string | null }[]) =>
    found.flatMap(({ person, id }) => {
      const cookie = cookies.get(person)
      return cookie === undefined || id === null ? [] : [{ path: path.replace(':id', id ?? ''), cookie }]
    })
  const pages: Page[] = []
  for (const { what, path, who = /./, find } of PAGES) {
    const people = [...cookies.keys()].filter((id) => who.test(id))
    const found =
      find === undefined
        ? people.map((person) => ({ person }))
        : (
            await ops.store.pool.query(
              `SELECT p.id AS person, ${find} AS id FROM unnest($1::text[]) p(id)
               LEFT JOIN LATERAL (SELECT case_id FROM case_members WHERE person_id = p.id ORDER BY case_id LIMIT 1) m ON true
               ${find.includes('m.') ? 'WHERE m.case_id IS NOT NULL' : ''}`,
              [people],
            )
          ).rows
    pages.push({ what, visits: visitsTo(path, found) })
  }
  pages.push({
    what: 'a conversation in an extract',
    visits: visitsTo(':id', await readers({ ops } as Service, tokens)),
  })
  return { people: cookies.size, pages }
}

/** Everybody who reads the one extract that is really there: they have proved who they are, and said for what they open it. */
async function readers({ ops }: Service, tokens: ReadonlyMap<string, string>) {
  const { rows } = await ops.store.pool.query(
    `SELECT extraction_id AS id FROM holdings JOIN cases ON cases.id = case_id
     WHERE cases.id IN (SELECT case_id FROM case_members WHERE person_id = 'rev220')`,
  )
  const extraction = String(rows[0]?.id)
  const opened: { person: string; id: string }[] = []
  for (const [person, token] of tokens) {
    if (!person.startsWith('rev')) continue
    await noteStepUp(ops.store, token, ops.now())
    const signedIn = await whoIs(ops.store, token, ops.now())
    if (signedIn === undefined) throw new Error('somebody who was signed in is not')
    await openExtract(ops, signedIn.actor, { extraction, purpose: 'line-of-enquiry' })
    opened.push({ person, id: `/extractions/${extraction}/review/conversations/0` })
  }
  return opened
}
