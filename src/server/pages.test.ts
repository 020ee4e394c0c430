import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { may } from '../access/index.ts'
import { type Actor, factsOf } from '../actions/index.ts'
import { browserFor, cookieOf, listeningService } from './browser.fixture.ts'
import type { Route } from './route.ts'
import { ROUTES } from './routes.ts'
import { kioskFolder, STORY_TIME, tellInto } from './story-service.fixture.ts'
import { TEST_PEOPLE, type TestService, type Visitor } from './test-service.fixture.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** WCAG 2.2 at levels A and AA, as axe-core names its rules. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']
/** A narrow telephone, in CSS pixels. */
const NARROW = 375

/** One page as somebody sees it. */
interface Shown {
  readonly route: Route
  readonly url: string
  readonly visitor: Visitor
}

test('every page reads without a fault by WCAG 2.2 AA, and fits a narrow screen', { timeout: 600_000 }, async (t) => {
  const browser = await browserFor(t)
  if (browser === undefined) return
  const service = await listeningService(t, { kioskFolder: kioskFolder(t) })
  await tellInto(service)
  service.setNow(STORY_TIME)
  const pages = await everyPage(service)
  assert(pages.length > 0)
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const faults: string[] = []
  const titles = new Map<string, string>()
  for (const { route, url, visitor } of pages) {
    await context.clearCookies()
    await context.addCookies([cookieOf(visitor, service.url)])
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto(`${service.url}${url}`, { waitUntil: 'load' })
    // Evaluated by the tools of the browser, which the page's own policy does not hold back.
    await page.evaluate(AXE)
    const { violations } = await page.evaluate<AxeResult>(
      `axe.run(document, ${JSON.stringify({ runOnly: RULES, resultTypes: ['violations'] })})`,
    )
    const found = violations.map(
      ({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    )
    faults.push(...found.map((fault) => `${route.path}: ${fault}`))
    await page.setViewportSize({ width: NARROW, height: 700 })
    const width = await page.evaluate<number>('document.documentElement.scrollWidth')
    if (width > NARROW) faults.push(`${route.path}: ${width} pixels wide on a screen of ${NARROW}`)
    const title = (await page.title()).trim()
    if (title === '– Peel' || title.startsWith('–')) faults.push(`${route.path}: no title`)
    titles.set(route.path, title)
  }
  t.diagnostic(`${pages.length} pages of ${ROUTES.filter(({ method }) => method === 'GET').length} addresses`)
  assert.deepEqual(faults, [])
})

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly target: string[] }[] }[]
}

/** Each page of the table once, as the first person and about the first thing of the story for which it is shown. */
async function everyPage(service: TestService): Promise<Shown[]> {
  const people: { actor: Actor; visitor: Visitor }[] = []
  const { db } = service.ops.store
  const told = await db.selectFrom('people').select('id').orderBy('last_signed_in', 'desc').execute()
  const ids = [...new Set([...told.map(({ id }) => id), ...TEST_PEOPLE.map(({ id }) => id)])]
  for (const id of ids) people.push({ actor: await service.actor(id), visitor: await service.as(id) })
  const of = {
    case: await db.selectFrom('cases').select('id').orderBy('opened_at', 'desc').execute(),
    device: await db.selectFrom('devices').select('id').orderBy('created_at', 'desc').execute(),
    request: await db.selectFrom('requests').select('id').orderBy('created_at', 'desc').execute(),
    extraction: await db.selectFrom('extractions').select('id').orderBy('queued_at', 'desc').execute(),
    destruction: await db.selectFrom('destructions').select('id').execute(),
  }
  const shown: Shown[] = []
  for (const route of ROUTES.filter(({ method }) => method === 'GET')) {
    const subjects = route.about === undefined ? [''] : of[route.about].map(({ id }) => id)
    const page = await firstShown(route, subjects)
    if (page !== undefined) shown.push(page)
  }
  return shown

  async function firstShown(route: Route, subjects: readonly string[]): Promise<Shown | undefined> {
    for (const id of subjects)
      for (const { actor, visitor } of people) {
        if (!(await isAllowed(route, actor, id))) continue
        const url = route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) =>
          name === route.about ? id : name === 'step' ? 'phone' : 'x',
        )
        const answer = await visitor.get(url)
        const isPage = answer.statusCode === 200 && String(answer.headers['content-type']).startsWith('text/html')
        if (isPage) return { route, url, visitor }
        // The same for everybody who may.
        break
      }
    return undefined
  }

  async function isAllowed({ who, about }: Route, actor: Actor, id: string): Promise<boolean> {
    if (who === 'anyone' || who === 'signed-in') return true
    const facts = about === undefined ? undefined : await factsOf(service.ops.store, actor, { of: about, id })
    return may(actor, who, facts?.where ?? { memberOf: false, stepUp: true }).allowed
  }
}
