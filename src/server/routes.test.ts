import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { LightMyRequestResponse } from 'fastify'
import { DENIALS, may, ROLES, type Verdict, type Where } from '../access/index.ts'
import { type Actor, factsOf, type Subject } from '../actions/index.ts'
import { isEventKind } from '../events/index.ts'
import { PATHS } from './paths.ts'
import { formsToProveFor } from './prove-first.ts'
import type { Route } from './route.ts'
import { ROUTES } from './routes.ts'
import { STORY_TIME, type StorySubjects, storyService } from './story-service.fixture.ts'
import { TEST_PEOPLE, type TestService, type Visitor } from './test-service.fixture.ts'

const NAMED = /:(case|device|request|extraction|destruction)(?![a-zA-Z])/
/** Answers that are no refusal: shown, sent on, not as the form wants it, not there in this state, not now. */
const LET_IN = new Set([200, 302, 303, 304, 400, 404, 409])

describe('the table of routes', () => {
  it('names each address once, and only addresses of paths.ts', () => {
    const lines = ROUTES.map(({ method, path }) => `${method} ${path}`)
    assert.deepEqual(lines, [...new Set(lines)])
    const known = new Set<string>(Object.values(PATHS))
    assert.deepEqual(
      ROUTES.map(({ path }) => path).filter((path) => !known.has(path)),
      [],
    )
  })

  it('says of every route which kinds of the registry it logs', () => {
    for (const { path, logs } of ROUTES) for (const kind of logs) assert(isEventKind(kind), `${path}: ${kind}`)
  })

  it('has a page for every form that wants a proof of who sends it, so that it is asked for before anything is typed', () => {
    const pages = new Set(ROUTES.filter(({ method }) => method === 'GET').map(({ path }) => path))
    const forms = formsToProveFor(ROUTES)
    assert(forms.size > 0)
    assert.deepEqual(
      [...forms.keys()].filter((path) => !pages.has(path)),
      [],
    )
  })

  it('asks for need to know wherever an address names something of a case', () => {
    // Ending what one has open is refused to nobody: membership may have ended meanwhile.
    const ends = ({ logs }: Route) => logs.length > 0 && logs.every((kind) => kind === 'extract.closed')
    const open = ROUTES.filter((route) => {
      const { path, who, about } = route
      return NAMED.test(path) && who !== 'anyone' && about === undefined && !ends(route)
    })
    assert.deepEqual(
      open.map(({ path }) => path),
      [],
    )
  })
})

describe('every route, as everybody', () => {
  let service: TestService
  let subjects: StorySubjects
  let everybody: { actor: Actor; visitor: Visitor; stale: Visitor }[]

  const closing: (() => unknown)[] = []
  // A hook's own context ends with the hook; the service goes on until the last test.
  after(async () => {
    for (const end of closing.reverse()) await end()
  })

  before(async () => {
    const whole = { after: (end: () => unknown) => closing.push(end) } as unknown as TestContext
    ;({ service, subjects } = await storyService(whole))
    service.setNow(STORY_TIME)
    const ids = new Set([
      ...ROLES.map(({ id }) => TEST_PEOPLE.find(({ roles }) => roles.includes(id))?.id ?? ''),
      // Those who did what came before, for the separations.
      ...subjects.whoDidIt,
    ])
    everybody = []
    for (const id of ids)
      everybody.push({
        actor: await service.actor(id),
        visitor: await service.as(id),
        stale: await service.as(id, { stepUp: false }),
      })
  })

  it('sends whoever has not signed in to do so, whatever the address', async () => {
    await each(ROUTES, async (route) => {
      const url = addressOf(route, subjects)
      const answer = await service.app.inject({ method: route.method, url })
      if (route.who === 'anyone') return assert(answer.statusCode < 500, `${route.path}: ${answer.statusCode}`)
      assert.equal(answer.statusCode, 302, route.path)
      assert.match(String(answer.headers.location), /^\/sign-in\?to=/)
    })
  })

  for (const member of [true, false])
    it(`answers ${member ? 'members of the case' : 'everybody outside the case: it is not there'}, as the policy says`, async () => {
      await setMembers(member)
      for (const { actor, visitor } of everybody)
        await each(ROUTES, async (route) => {
          const verdict = await verdictOf(route, actor, member)
          check(route, verdict, await ask(route, visitor), `${route.method} ${route.path} as ${actor.roles[0]}`)
        })
    })

  it('asks again who somebody is before what binds others, and lets them on afterwards', async () => {
    await setMembers(true)
    let asked = 0
    for (const { actor, stale } of everybody)
      await each(ROUTES, async (route) => {
        const verdict = await verdictOf(route, { ...actor, stepUp: false }, true)
        if (verdict.allowed || verdict.code !== 'STEP_UP') return
        asked++
        const answer = await ask(route, stale)
        assert.equal(answer?.statusCode, 302, route.path)
        assert.match(String(answer?.headers.location), /^\/confirm-it-is-you\?to=/)
      })
    if (ROUTES.some(({ who }) => who === 'decision.grant')) assert(asked > 0)
  })

  it('asks for the proof when a page with such a form is opened, of those alone who could send it', async () => {
    await setMembers(true)
    const forms = formsToProveFor(ROUTES)
    for (const { actor, stale } of everybody)
      await each([...forms], async ([path, sent]) => {
        const page = ROUTES.find((route) => route.method === 'GET' && route.path === path)
        assert(page)
        const unproved = { ...actor, stepUp: false }
        const seen = await verdictOf(page, unproved, true)
        if (!seen.allowed) return
        const verdicts = await Promise.all(sent.map((form) => verdictOf(form, unproved, true)))
        const asks = page.stepUp === true || verdicts.some((verdict) => !verdict.allowed && verdict.code === 'STEP_UP')
        const answer = await ask(page, stale)
        const asked = String(answer?.headers.location).startsWith('/confirm-it-is-you')
        assert.equal(asked, asks, `${path} as ${actor.roles[0]}`)
      })
  })

  it('takes no form that is not from a page of the same sign-in', async () => {
    await setMembers(true)
    const forms = ROUTES.filter(({ method, who }) => method !== 'GET' && who !== 'anyone')
    for (const { actor, visitor } of everybody)
      await each(forms, async (route) => {
        if (!(await verdictOf(route, actor, true)).allowed) return
        const url = addressOf(route, subjects)
        const headers = { cookie: visitor.cookie }
        const elsewhere = { ...headers, origin: 'https://elsewhere.test.example', 'x-csrf': visitor.csrf }
        for (const sent of [headers, { ...headers, 'x-csrf': 'x' }, elsewhere]) {
          const answer = await service.app.inject({
            method: route.method,
            url,
            headers: sent,
            remoteAddress: somewhere(),
          })
          assert.equal(answer.statusCode, 403, route.path)
          assert.match(answer.body, /out of date/)
        }
      })
  })

  it('answers an empty form with what is missing, and never with a fault', async () => {
    await setMembers(true)
    for (const { actor, visitor } of everybody)
      for (const route of ROUTES.filter(({ method }) => method === 'POST')) {
        if (!(await verdictOf(route, actor, true)).allowed) continue
        const answer = await visitor.post(addressOf(route, subjects))
        assert(answer.statusCode < 500, `${route.path} as ${actor.id}: ${answer.statusCode}`)
      }
  })

  /** Lets everybody into the case, or nobody. */
  async function setMembers(member: boolean): Promise<void> {
    const { db } = service.ops.store
    await db.deleteFrom('case_members').where('case_id', '=', subjects.case).execute()
    if (!member) return
    const rows = everybody.map(({ actor }) => ({
      case_id: subjects.case,
      person_id: actor.id,
      capacity: 'investigator',
      added_at: STORY_TIME,
      added_by: actor.id,
    }))
    await db.insertInto('case_members').values(rows).execute()
  }

  /** What the policy says, with the facts as the case has them and membership as the test has it. */
  async function verdictOf(route: Route, actor: Actor, member: boolean): Promise<Verdict> {
    const { who, about } = route
    if (who === 'anyone' || who === 'signed-in') return { allowed: true }
    let where: Where = { memberOf: false, stepUp: actor.stepUp }
    if (about !== undefined) {
      const facts = await factsOf(service.ops.store, actor, { of: about, id: subjects[about] } satisfies Subject)
      assert(facts, `${route.path}: the story has no ${about}`)
      where = { ...facts.where, memberOf: member, stepUp: actor.stepUp }
    }
    return may(actor, who, where)
  }

  async function ask(route: Route, visitor: Visitor): Promise<LightMyRequestResponse | undefined> {
    const answer = service.app.inject({
      method: route.method,
      url: addressOf(route, subjects),
      headers: { cookie: visitor.cookie },
      remoteAddress: somewhere(),
    })
    // What goes on and on, such as progress, was let in.
    const wait = new AbortController()
    try {
      return await Promise.race([answer, pause(60_000, undefined, { signal: wait.signal })])
    } finally {
      wait.abort()
    }
  }
})

function check(route: Route, verdict: Verdict, answer: LightMyRequestResponse | undefined, what: string): void {
  if (verdict.allowed) {
    if (answer === undefined) return
    if (route.method !== 'GET') {
      assert.equal(answer.statusCode, 403, what)
      assert.match(answer.body, /out of date/, what)
    } else if (answer.statusCode === 403) {
      // An act may ask for more than its page: then it says so by the policy's own codes.
      assert(
        DENIALS.some((code) => answer.body.includes(`>${code}<`)),
        `${what}: 403 without a reason`,
      )
    } else assert(LET_IN.has(answer.statusCode), `${what}: ${answer.statusCode}`)
    return
  }
  const expected = verdict.code === 'STEP_UP' ? 302 : verdict.code === 'NOT_YOUR_CASE' ? 404 : 403
  assert.equal(answer?.statusCode, expected, `${what}: ${verdict.code}`)
  if (expected === 403) assert.match(answer?.body ?? '', new RegExp(verdict.code), what)
}

function addressOf({ path }: Route, subjects: StorySubjects): string {
  return path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    const known = Object.hasOwn(subjects, name) ? subjects[name as keyof StorySubjects] : undefined
    return typeof known === 'string' ? known : 'x'
  })
}

let places = 0

/** Another address each time: limits by address are not what is asked here. */
function somewhere(): string {
  places++
  return `127.${(places >> 16) & 255}.${(places >> 8) & 255}.${places & 255}`
}

/** Several at a time: the database answers several at a time. */
async function each<T>(all: readonly T[], act: (one: T) => Promise<unknown>): Promise<void> {
  const AT_ONCE = 6
  for (let at = 0; at < all.length; at += AT_ONCE) await Promise.all(all.slice(at, at + AT_ONCE).map(act))
}
