import assert from 'node:assert/strict'
import type { Download, Locator, Page } from 'playwright-core'
import type { Hands } from './hands.ts'
import type { Looking } from './look.ts'

/** By what a control is known: the whole of its label, or a part that it must have. */
export type Label = string | RegExp

/** So many milliseconds somebody waits for a page before they give up: it is long because others may be at work on this machine. */
const PATIENCE = 20_000

/** Somebody in front of a browser. They know roles and labels, and nothing of how a page is made. */
export class Person {
  readonly name: string
  readonly page: Page
  readonly #hands: Hands
  readonly #looking: Looking
  readonly #oddities: string[]

  constructor(name: string, page: Page, hands: Hands, looking: Looking, oddities: string[]) {
    this.name = name
    this.page = page
    this.#hands = hands
    this.#looking = looking
    this.#oddities = oddities
    page.setDefaultTimeout(PATIENCE)
  }

  /** Comes to a page by its heading, looks at it, and at what the browser complained of on the way. */
  async at(heading: Label, { looking = true } = {}): Promise<void> {
    await this.#or(`no heading “${String(heading)}”`, () => this.#heading(heading).waitFor())
    if (looking) await this.#looking.at(this.page, typeof heading === 'string' ? heading : heading.source)
    assert.deepEqual(this.#oddities, [], `${String(heading)}: what the browser complained of`)
  }

  /** Looks at a page whose heading is not told. */
  async looks(name: string): Promise<void> {
    await this.#looking.at(this.page, name)
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path)
  }

  /** Presses a button that leads to another page. */
  async press(label: Label, within: Locator | Page = this.page): Promise<void> {
    await this.#leaves()
    await this.#or(`no button “${String(label)}”`, () =>
      this.#hands.press(one(within.getByRole('button', named(label)), label)),
    )
  }

  async follow(label: Label, within: Locator | Page = this.page): Promise<void> {
    await this.#leaves()
    await this.#or(`no link “${String(label)}”`, () =>
      this.#hands.press(one(within.getByRole('link', named(label)), label)),
    )
  }

  /** Goes where a control leads that has no name of its own here: one of many. */
  async goes(control: Locator): Promise<void> {
    await this.#leaves()
    await this.#or(`nothing to go by: ${String(control)}`, () => this.#hands.press(control))
  }

  async type(label: Label, text: string, within: Locator | Page = this.page): Promise<void> {
    await this.#or(`no field “${String(label)}”`, () =>
      this.#hands.type(within.getByLabel(label, { exact: typeof label === 'string' }), text),
    )
  }

  async choose(label: Label, within: Locator | Page = this.page): Promise<void> {
    await this.#or(`no radio “${String(label)}”`, () =>
      this.#hands.choose(one(within.getByRole('radio', named(label)), label)),
    )
  }

  async tick(label: Label, within: Locator | Page = this.page): Promise<void> {
    await this.#or(`no checkbox “${String(label)}”`, () =>
      this.#hands.choose(one(within.getByRole('checkbox', named(label)), label)),
    )
  }

  async untick(label: Label): Promise<void> {
    await this.page.getByRole('checkbox', named(label)).uncheck()
  }

  async pick(label: Label, text: string, within: Locator | Page = this.page): Promise<void> {
    await this.#or(`no combobox “${String(label)}”`, () =>
      this.#hands.pick(one(within.getByRole('combobox', named(label)), label), text),
    )
  }

  /** What is grouped under a legend. */
  group(legend: Label): Locator {
    return this.page.getByRole('group', named(legend))
  }

  /** What is said somewhere on the page. */
  async sees(text: Label): Promise<void> {
    await this.#or(`nothing says “${String(text)}”`, () => this.#here.getByText(text).first().waitFor())
  }

  async doesNotSee(text: Label): Promise<void> {
    assert.equal(await this.page.getByRole('main').getByText(text).count(), 0, `it is there: ${String(text)}`)
  }

  /** Everything that the page says. */
  said(): Promise<string> {
    return this.page.getByRole('main').innerText()
  }

  /** Takes what a link or button gives as a file. */
  async download(how: () => Promise<void>): Promise<Download> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), how()])
    return download
  }

  /** Goes on where the browser is right to complain: a page that is refused. */
  async refused(how: () => Promise<void>): Promise<void> {
    await how()
    // The complaint comes with the page that answers, which may not be there yet.
    await this.page.locator('html:not([data-left])').waitFor({ state: 'attached' })
    this.#oddities.splice(0)
  }

  /** Proves anew who they are, on the page of the force's own provider. */
  async provesWhoTheyAre(): Promise<void> {
    await this.at('Who are you today?', { looking: false })
    await this.press(`Sign in as ${this.name}`)
  }

  async signIn({ looking = false } = {}): Promise<void> {
    await this.open('/')
    await this.at('Who are you today?', { looking })
    await this.press(`Sign in as ${this.name}`)
    await this.at('Waiting for you', { looking })
  }

  /** Does something; where it fails, says what is there instead. */
  async #or(says: string, does: () => Promise<void>): Promise<void> {
    try {
      await does()
    } catch (error) {
      const there = await this.page
        .getByRole('main')
        .innerText()
        .catch(() => '')
      const path = new URL(this.page.url()).pathname
      const why = (error as Error).message.split('\n').slice(0, 12).join('\n')
      assert.fail(`${this.name}: ${says} at ${path}:\n${there.slice(0, 3000)}\n${this.#oddities.join('\n')}\n${why}`)
    }
  }

  #heading(heading: Label): Locator {
    return this.#here.getByRole('heading', { level: 1, ...named(heading) })
  }

  /** The page that somebody has come to: not the one that they are leaving. */
  get #here(): Locator {
    return this.page.locator('html:not([data-left])')
  }

  async #leaves(): Promise<void> {
    await this.page.evaluate("document.documentElement.setAttribute('data-left', '')")
  }
}

/** A part of a label may fit several: the first of them is meant. */
function one(found: Locator, label: Label): Locator {
  return typeof label === 'string' ? found : found.first()
}

function named(label: Label): { name: Label; exact?: boolean } {
  return typeof label === 'string' ? { name: label, exact: true } : { name: label }
}
