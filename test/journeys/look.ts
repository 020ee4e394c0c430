import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { DESK, PHONE, tooWide, toTheEnd, violations } from '../../src/server/axe.fixture.ts'

const OUT = fileURLToPath(new URL('../../out/journeys/', import.meta.url))

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
    for (const size of [PHONE, DESK]) {
      const { width } = size
      await page.setViewportSize(size)
      await toTheEnd(page)
      await page.screenshot({ path: `${folder}/${number}-${slug}-${width}.png`, fullPage: true })
      found.push(...(await violations(await this.#judged(page, size))).map((one) => `at ${width} pixels: ${one}`))
      found.push(...(await tooWide(page, width)))
    }
    assert.deepEqual(found, [], `${this.#journey}, ${number}: ${name} (${new URL(page.url()).pathname})`)
  }

  async #judged(page: Page, size: typeof DESK): Promise<Page> {
    const judge = this.#judge
    if (judge === undefined) return page
    const shown = (await page.content()).replace(/<script\b[^>]*><\/script>/g, '').replace(/<\/?noscript>/g, '')
    // From the same service, or its styles would not be given.
    await judge.goto(new URL('/health', page.url()).href)
    await judge.setViewportSize(size)
    await judge.setContent(
      shown.replace('<head>', `<head><base href="${page.url()}">`).replace(/<meta http-equiv="refresh"[^>]*>/, ''),
    )
    return judge
  }
}
