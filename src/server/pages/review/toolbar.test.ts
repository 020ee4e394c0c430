import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserFor, cookieOf, listeningService } from '../../browser.fixture.ts'
import { anExtract } from './an-extract.fixture.ts'

/** A desk, a small laptop with its browser's own bars, the same at 200%, and a phone. */
const SCREENS = [
  { width: 1280, height: 720 },
  { width: 1280, height: 480 },
  { width: 640, height: 360 },
  { width: 375, height: 667 },
]

/** How much of what has the focus is under the buttons for tags, between 0 and 1; and whether there is anything left to go to. */
const COVERED = `(() => {
  const focused = document.activeElement
  if (focused === null || focused === document.body) return { end: true, covered: 0, what: '' }
  const bar = document.querySelector('.peel-toolbar')
  const one = focused.getBoundingClientRect()
  const other = bar.getBoundingClientRect()
  const across = Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left))
  const down = Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top))
  const covered = bar.contains(focused) ? 0 : (across * down) / Math.max(1, one.width * one.height)
  const inside = one.bottom > 0 && one.top < innerHeight
  return { end: false, covered: inside ? covered : 1, what: focused.outerHTML.slice(0, 80) }
})()`

test('what has the focus is never under the buttons for tags (WCAG 2.2, 2.4.11)', { timeout: 180_000 }, async (t) => {
  const browser = await browserFor(t)
  if (browser === undefined) return
  const service = await listeningService(t)
  const { extraction } = await anExtract(t, service, { messages: 100 })
  const reviewer = await service.as('rev200')
  await reviewer.post(`/extractions/${extraction}/open`, { purpose: 'line-of-enquiry' })
  const context = await browser.newContext()
  await context.addCookies([cookieOf(reviewer, service.url)])
  const page = await context.newPage()
  for (const screen of SCREENS) {
    await page.setViewportSize(screen)
    await page.goto(`${service.url}/extractions/${extraction}/review/timeline`)
    await page.waitForSelector('.peel-toolbar', { timeout: 30_000 })
    const faults: string[] = []
    let reached = 0
    for (const key of ['Tab', 'Shift+Tab'])
      for (let step = 0; step < 60; step++) {
        await page.keyboard.press(key)
        const { end, covered, what } = await page.evaluate<{ end: boolean; covered: number; what: string }>(COVERED)
        if (end) break
        reached++
        if (covered > 0) faults.push(`${key}: ${Math.round(covered * 100)}% of ${what}`)
      }
    assert.deepEqual(faults, [], `${screen.width} by ${screen.height}`)
    assert(reached > 60, `only ${reached} were reached`)
  }
})
