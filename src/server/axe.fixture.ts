import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** WCAG 2.2 at levels A and AA, as axe-core names its rules. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']
/** The phone in somebody's hand, in CSS pixels. */
export const PHONE = { width: 375, height: 812 }
export const DESK = { width: 1280, height: 900 }

interface Found {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** Comes to the end of a page: there nothing that stays in sight while one reads lies over what is read. */
export async function toTheEnd(page: Page): Promise<void> {
  await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)')
}

/** What axe-core finds against WCAG 2.2 AA on a page as it is shown now; evaluated by the tools of the browser, which the page's own policy does not hold back. */
export async function violations(page: Page): Promise<string[]> {
  await toTheEnd(page)
  await page.evaluate(await AXE)
  const options = JSON.stringify({ runOnly: RULES, resultTypes: ['violations'] })
  const found = await page.evaluate<readonly Found[]>(
    `axe.run(document, ${options}).then(({ violations }) => violations)`,
  )
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n')}`,
  )
}

/** WCAG 2.2, 1.4.10: nobody scrolls sideways to read. How wide a page is that is too wide for its screen. */
export async function tooWide(page: Page, width: number): Promise<string[]> {
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
  return wide > width ? [`the page is ${wide} pixels wide on a screen of ${width}`] : []
}

/** Everything that stands against a page: at a desk, and on a phone. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.setViewportSize(DESK)
  const found = await violations(page)
  await page.setViewportSize(PHONE)
  found.push(...(await tooWide(page, PHONE.width)))
  if (/^(?:Error: )?–/.test((await page.title()).trim())) found.push('no title')
  return found
}
