import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MAY_BE_TAKEN_BACK } from '../actions/index.ts'
import { faultsOf } from './axe.fixture.ts'
import { browserFor, cookieOf, listeningService } from './browser.fixture.ts'
import { tellEveryState } from './every-state.fixture.ts'
import { PATHS } from './paths.ts'
import { ROUTES } from './routes.ts'
import { NO_PAGES, shownPages } from './shown-pages.fixture.ts'
import { collectedFolder, kioskFolder } from './story-service.fixture.ts'

/** What a page says where a template was given something else than it shows. */
const NO_WORDS = /\[object |\bundefined\b|\bNaN\b|\bInvalid Date\b/

/** One for each processor that a small machine has. */
const AT_ONCE = 2

test('every page reads without a fault by WCAG 2.2 AA, and fits a narrow screen', { timeout: 900_000 }, async (t) => {
  const browser = await browserFor(t)
  if (browser === undefined) return
  const service = await listeningService(t, { kioskFolder: kioskFolder(t), collectedFolder: collectedFolder(t) })
  const state = await tellEveryState(service)
  const shown = await shownPages(service, state)
  const faults: string[] = []
  const waiting = [...shown]
  const look = async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { url, visitor } = next
      await context.clearCookies()
      await context.addCookies([cookieOf(visitor, service.url)])
      const answer = await page.goto(`${service.url}${url}`, { waitUntil: 'load' })
      if (answer?.status() !== 200) faults.push(`${url} as ${visitor.id}: ${answer?.status()}`)
      faults.push(...(await faultsOf(page)).map((fault) => `${url} as ${visitor.id}: ${fault}`))
      const [noWord] = NO_WORDS.exec(await page.getByRole('main').innerText()) ?? []
      if (noWord !== undefined) faults.push(`${url} as ${visitor.id}: it says ${noWord}`)
    }
    await context.close()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, look))
  t.diagnostic(`${shown.length} pages of ${new Set(shown.map(({ route }) => route.path)).size} addresses`)
  const missed = ROUTES.filter(
    (route) =>
      route.method === 'GET' && NO_PAGES[route.path] === undefined && shown.every((one) => one.route !== route),
  )
  // What nobody looked at: bring every-state.fixture.ts to where it is shown.
  assert.deepEqual({ missed: missed.map(({ path }) => path), faults }, { missed: [], faults: [] })

  await t.test('and so do those that say what cannot be', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const as = async (id: string) => {
      await context.clearCookies()
      await context.addCookies([cookieOf(await service.as(id), service.url)])
    }
    const found: string[] = []
    const answers: Record<string, number | undefined> = {}
    const looks = async (name: string, path: string) => {
      const answer = await page.goto(`${service.url}${path}`, { waitUntil: 'load' })
      answers[name] = answer?.status()
      found.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`))
    }
    await looks('who are you', '/sign-in')
    await as('pc4321')
    await looks('no such page', '/nothing-is-here')
    await looks('not yours to do', PATHS.people)
    const withdraw = PATHS.requestWithdraw.replace(':request', await undecided())
    await page.goto(`${service.url}${withdraw}`)
    // Meanwhile the same was done in another window.
    await (await service.as('pc4321')).post(withdraw)
    await answered('not now', page.getByRole('button', { name: 'Take it back' }).click())
    await answered('out of date', page.evaluate(posted({ reference: 'x' })))
    await answered('too large', page.evaluate(posted({ reference: 'x'.repeat(200_000) })))
    for (let times = 0; times < 30; times++) await page.request.get(`${service.url}${PATHS.myPhone}`)
    await looks('too often', PATHS.myPhone)
    await service.ops.store.pool.query('ALTER TABLE cases RENAME TO cases_elsewhere')
    await looks('our own fault', PATHS.cases)
    await service.ops.store.pool.query('ALTER TABLE cases_elsewhere RENAME TO cases')
    assert.deepEqual(answers, {
      'who are you': 200,
      'no such page': 404,
      'not yours to do': 403,
      'not now': 409,
      'out of date': 403,
      'too large': 413,
      'too often': 429,
      'our own fault': 500,
    })
    assert.deepEqual(found, [])

    async function undecided(): Promise<string> {
      const { db } = service.ops.store
      const row = await db
        .selectFrom('requests')
        .select('id')
        .where('status', 'in', MAY_BE_TAKEN_BACK)
        .where('requested_by', '=', 'pc4321')
        .executeTakeFirstOrThrow()
      return row.id
    }

    async function answered(name: string, post: Promise<unknown>): Promise<void> {
      const [answer] = await Promise.all([
        page.waitForResponse((one) => one.request().method() === 'POST'),
        page.waitForEvent('load'),
        post,
      ])
      answers[name] = answer.status()
      found.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`))
    }
  })
})

/** Posts a form that nobody gave out. */
const posted = (form: Readonly<Record<string, string>>) => `(() => {
  const form = Object.assign(document.createElement('form'), { method: 'post', action: ${JSON.stringify(PATHS.caseNew)} })
  for (const [name, value] of Object.entries(${JSON.stringify(form)}))
    form.append(Object.assign(document.createElement('textarea'), { name, value }))
  document.body.append(form)
  form.submit()
})()`
