import assert from 'node:assert/strict'
import { mkdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const OUT = fileURLToPath(new URL('../../out/journeys/', import.meta.url))
const AXE = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2.2 AA, as axe-core names it. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const HEIGHT = 900
/** A desk, and the phone in somebody's hand. */
const WIDTHS = [375, 1280] as const
export const DESK = { width: 1280, height: HEIGHT }

/** Keeps pictures of a journey's pages, numbered as they were seen, and holds each page to WCAG 2.2 AA. */
export class Looking {
  readonly #journey: string
  readonly #judge: Page | undefined
  #seen = 0

  /** `judge`: where the pages themselves run no scripts, a page that does, and is given a copy of each. */
  constructor(journey: string, judge?: Page) {
    this.#journey = journey
    this.#judge = judge
  }

  /** Looks at a page at both widths. Throws where axe-core finds a violation, or where a page is wider than a phone. */
  async at(page: Page, name: string): Promise<void> {
    const number = String(++this.#seen).padStart(3, '0')
    const slug = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60)
    const folder = `${OUT}${this.#journey}`
    await mkdir(folder, { recursive: true })
    const found: string[] = []
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT })
      await page.screenshot({ path: `${folder}/${number}-${slug}-${width}.png`, fullPage: true })
      found.push(...(await violations(await this.#judged(page, width))).map((one) => `at ${width} pixels: ${one}`))
      // WCAG 2.2, 1.4.10: nobody scrolls sideways to read.
      const wide = (await page.evaluate('document.documentElement.scrollWidth')) as number
      if (wide > width) found.push(`at ${width} pixels: the page is ${wide} pixels wide`)
    }
    assert.deepEqual(found, [], `${this.#journey}, ${number}: ${name} (${new URL(page.url()).pathname})`)
  }

  async #judged(page: Page, width: number): Promise<Page> {
    const judge = this.#judge
    if (judge === undefined) return page
    const shown = (await page.content()).replace(/<script\b[^>]*><\/script>/g, '').replace(/<\/?noscript>/g, '')
    // From the same service, or its styles would not be given.
    await judge.goto(new URL('/health', page.url()).href)
    await judge.setViewportSize({ width, height: HEIGHT })
    await judge.setContent(
      shown.replace('<head>', `<head><base href="${page.url()}">`).replace(/<meta http-equiv="refresh"[^>]*>/, ''),
    )
    return judge
  }
}

interface Found {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(await AXE)
  const found = (await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  )) as readonly Found[]
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `${node.html}\n${node.failureSummary}`).join('\n')}`,
  )
}
