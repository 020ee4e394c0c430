import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'

/** How somebody works a page: what they use was found by its role and its label. */
export interface Hands {
  press(control: Locator): Promise<void>
  type(control: Locator, text: string): Promise<void>
  /** chooses a radio button, or ticks a box */
  choose(control: Locator): Promise<void>
  /** chooses from a list by the text of its entry */
  pick(control: Locator, text: string): Promise<void>
}

/** Somebody with a mouse. */
export const MOUSE: Hands = {
  press: (control) => control.click(),
  type: (control, text) => control.fill(text),
  choose: (control) => control.check(),
  pick: async (control, text) => {
    await control.selectOption({ label: text })
  },
}

/** More stops than any page has. */
const STOPS = 300

/** Somebody without a mouse: everything is reached with Tab and the arrows, and is seen to have the focus. */
export function keyboard(page: Page): Hands {
  const hasFocus = (control: Locator) => control.evaluate((element) => element === element.ownerDocument.activeElement)
  const isInGroup = (control: Locator) =>
    control.evaluate((element) => {
      const active = element.ownerDocument.activeElement
      return active?.type === 'radio' && active.name === element.name && active.form === element.form
    })
  const tabUntil = async (control: Locator, arrived: (control: Locator) => Promise<boolean>) => {
    for (let stop = 0; stop < STOPS; stop++) {
      if (await arrived(control)) return
      await page.keyboard.press('Tab')
    }
    assert.fail(`nobody gets there with the keyboard: ${String(control)}`)
  }
  const focus = async (control: Locator) => {
    await tabUntil(control, hasFocus)
    // WCAG 2.2, 2.4.7 and 2.4.11: it is seen, and nothing covers it.
    const marked = await control.evaluate((element) => {
      const view = element.ownerDocument.defaultView
      const styles = [element, element.nextElementSibling]
        .filter(Boolean)
        .flatMap((one) => [view.getComputedStyle(one), view.getComputedStyle(one, '::before')])
      return styles.some(
        (style) => style.boxShadow !== 'none' || (style.outlineStyle !== 'none' && style.outlineWidth !== '0px'),
      )
    })
    assert.ok(marked, `nobody sees that it has the focus: ${String(control)}`)
  }
  return {
    async press(control) {
      await focus(control)
      await page.keyboard.press('Enter')
    },
    async type(control, text) {
      await focus(control)
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.insertText(text)
    },
    async choose(control) {
      if ((await control.getAttribute('type')) !== 'radio') {
        await focus(control)
        if (!(await control.isChecked())) await page.keyboard.press('Space')
        return
      }
      // One stop for the whole group; the arrows go on inside it.
      await tabUntil(control, isInGroup)
      for (let stop = 0; stop < STOPS && !(await hasFocus(control)); stop++) await page.keyboard.press('ArrowDown')
      if (!(await control.isChecked())) await page.keyboard.press('Space')
      assert.ok(await control.isChecked(), `the keyboard does not choose it: ${String(control)}`)
    },
    async pick(control, text) {
      await focus(control)
      await page.keyboard.type(text)
      assert.equal(await control.evaluate((element) => element.selectedOptions[0].text.trim()), text)
    },
  }
}
