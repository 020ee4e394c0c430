import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { faultsOf } from './axe.fixture.ts'
import { browserFor, cookieOf, listeningService } from './browser.fixture.ts'
import { tellEveryState } from './every-state.fixture.ts'
import { PATHS } from './paths.ts'
import { ROUTES } from './routes.ts'
import { shownPages } from './shown-pages.fixture.ts'
import { collectedFolder, kioskFolder } from './story-service.fixture.ts'

/** What is posted by one button, or by a script: nothing in it could be missing. */
const NOTHING_TO_FILL_IN: ReadonlySet<string> = new Set([
  PATHS.caseMemberRemove,
  PATHS.deviceNew,
  PATHS.deviceLoanReturned,
  PATHS.requestLineRemove,
  PATHS.requestClauseRemove,
  PATHS.requestCheck,
  PATHS.requestWithdraw,
  PATHS.requestNewVersion,
  PATHS.uploads,
  PATHS.uploadTakeBack,
  PATHS.extractionStop,
  PATHS.receiptPdf,
  PATHS.accountKeyNew,
  PATHS.accountKeyRemove,
  PATHS.extractClose,
  PATHS.privilegedClose,
  PATHS.excessClose,
  PATHS.reviewUnmask,
  PATHS.reviewSearchSetApart,
  PATHS.oversightLogFile,
  PATHS.appAssess,
  PATHS.appTakeBack,
  PATHS.appPolicyExport,
  PATHS.dpiaSend,
  PATHS.dpiaRevise,
  PATHS.dpiaRiskRemove,
  PATHS.dpiaMeasureRemove,
  PATHS.fleetImportRead,
  PATHS.fleetImportTakeBack,
  PATHS.archiveMatch,
  PATHS.archiveTryAgain,
  PATHS.archiveCollected,
  PATHS.archiveRegisterTakeBack,
  PATHS.archiveSampleDraw,
  PATHS.archiveMilestoneTakeBack,
  PATHS.listeningEnd,
  PATHS.keepAgain,
])
/** Where everything that is asked may be left out; or, of tags, where nothing is ticked and one stays where one is. */
const ALL_OPTIONAL: ReadonlySet<string> = new Set([
  `${PATHS.deviceNewStep} needs`,
  `${PATHS.agreementRefused} refused`,
  `${PATHS.reviewTag} tag`,
  `${PATHS.appPart} flows`,
  ...['android', 'ios'].map((platform) => `${PATHS.appFurther} ${platform}`),
  // A draft may lack anything.
  ...['2', '3', '4', '7'].map((step) => `${PATHS.dpiaStep} ${step}`),
])

test('a form that nobody filled in comes back with what is missing, by WCAG 2.2 AA', {
  timeout: 900_000,
}, async (t) => {
  const browser = await browserFor(t)
  if (browser === undefined) return
  const service = await listeningService(t, { kioskFolder: kioskFolder(t), collectedFolder: collectedFolder(t) })
  const state = await tellEveryState(service)
  const context = await browser.newContext()
  const page = await context.newPage()
  const faults: string[] = []
  const asked = new Set<string>()
  const taken: string[] = []
  for (const { url, visitor } of await shownPages(service, state)) {
    await context.clearCookies()
    await context.addCookies([cookieOf(visitor, service.url)])
    const open = () => page.goto(`${service.url}${url}`, { waitUntil: 'load' })
    await open()
    for (const action of await page.evaluate<string[]>(FORMS)) {
      const form = routeOf(action)
      const key = `${form} ${/[^/]*$/.exec(action)?.[0]}`
      if (form === undefined || asked.has(key)) continue
      asked.add(key)
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        page.waitForEvent('load'),
        page.evaluate(`(${EMPTIED})(${JSON.stringify(action)})`),
      ])
      if (answer.status() < 400) taken.push(key)
      else faults.push(...(await stand(page, answer.status())).map((fault) => `${form}: ${fault}`))
      await open()
    }
  }
  t.diagnostic(`${asked.size} forms`)
  const posts = ROUTES.filter(({ method }) => method === 'POST').map(({ path }) => path)
  const reached = new Set([...asked].map((key) => key.split(' ')[0]))
  assert.deepEqual(
    {
      faults,
      taken: taken.filter((key) => !ALL_OPTIONAL.has(key)),
      missed: posts.filter((path) => !reached.has(path) && !NOTHING_TO_FILL_IN.has(path)),
    },
    { faults: [], taken: [], missed: [] },
  )
})

/** What stands against a form with errors: GOV.UK wants a summary whose links lead to the fields, and a title that says it. */
async function stand(page: Page, status: number): Promise<string[]> {
  // A code of nothing is answered as one that is not there.
  const found = [400, 404, 422].includes(status) ? [] : [`answered with ${status}`]
  const links = page.locator('.govuk-error-summary a')
  if ((await links.count()) === 0) found.push('no summary of what is missing')
  for (const link of await links.all()) {
    const to = await link.getAttribute('href')
    if (to === null || (await page.locator(`[id="${to.slice(1)}"]`).count()) !== 1)
      found.push(`the summary leads nowhere: ${to}`)
  }
  if (!(await page.title()).startsWith('Error: ')) found.push('the title says nothing of an error')
  found.push(...(await faultsOf(page)))
  return found
}

function routeOf(action: string): string | undefined {
  return ROUTES.filter(({ method }) => method === 'POST').find(({ path }) =>
    new RegExp(`^${path.replace(/:[a-zA-Z]+/g, '[^/]+')}$`).test(action),
  )?.path
}

/** Where the forms of a page go that ask for something. */
const FORMS = `[...document.querySelectorAll('main form[method=post]:not([data-security-key])')]
  .filter((form) => form.querySelector('input:not([type=hidden]), select, textarea'))
  .map((form) => new URL(form.action).pathname)`

/** Takes out everything that is filled in, and sends what is left. */
const EMPTIED = `(action) => {
  const form = [...document.forms].find((one) => new URL(one.action).pathname === action)
  for (const field of form.elements) {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = false
    else if (field.tagName === 'SELECT') field.selectedIndex = -1
    else if (field.type !== 'hidden' && field.tagName !== 'BUTTON') field.value = ''
  }
  form.noValidate = true
  form.requestSubmit(form.querySelector('button:not([type=button])'))
}`
