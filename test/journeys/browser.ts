import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestContext } from 'node:test'
import { spawn } from 'node:child_process'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { openWorker, type Worker } from '../../src/jobs/index.ts'
import { makeSample, makeSampleArchive } from '../../src/sample/index.ts'
import { DESK } from '../../src/server/axe.fixture.ts'
import { browserFor } from '../../src/server/browser.fixture.ts'
import { freePort } from '../../src/server/free-port.fixture.ts'
import { TEST_PEOPLE, type TestService, testService } from '../../src/server/test-service.fixture.ts'
import { type Hands, keyboard, MOUSE } from './hands.ts'
import { Looking } from './look.ts'
import { Person } from './person.ts'

const ENTRY = fileURLToPath(new URL('../../src/bin/peel.ts', import.meta.url))
const TOOL = { name: 'peel', version: '0.1.0', commit: 'b'.repeat(40) } as const

/** One service on loopback, a browser, and the people of the force in front of it. */
export interface Journey {
  readonly service: TestService
  readonly url: string
  /** the folder of everything that the service keeps, without the database */
  readonly data: string
  /** somebody of the force, by staff number, in a browser of their own, signed in */
  person(id: string, options?: { keyboard?: boolean; looking?: boolean }): Promise<Person>
  /** somebody who is not of the force: the device user at home */
  stranger(name: string): Promise<Person>
  /** puts a phone that never was where the kiosk sees it */
  phone(name: string, options?: { messages?: number }): Promise<void>
  /** puts an archive of recordings that never were where the service sees it; gives the folder with its registers as CSV */
  archive(name: string, options?: { recordings?: number }): Promise<string>
  /** lets a worker begin; without one, what is queued waits */
  worker(): Promise<Worker>
  /** a worker in a process of its own, that can be held still in the middle of its work */
  otherWorker(): { hold(): void; goOn(): void }
}

/** Opens everything for the journeys of one file; undefined, with the test skipped, where there is no Chromium and PEEL_REQUIRE_TOOLS does not ask for it. */
export async function journey(
  t: TestContext,
  name: string,
  browserOptions: BrowserContextOptions = {},
): Promise<Journey | undefined> {
  const browser = await browserFor(t)
  if (browser === undefined) return undefined
  const data = mkdtempSync(join(tmpdir(), 'peel-journey-'))
  // Hooks run in the order in which they were added: the folder goes when everything in it is closed.
  const kioskFolder = join(data, 'kiosk')
  mkdirSync(kioskFolder)
  const collectedFolder = join(data, 'collected')
  mkdirSync(collectedFolder)
  const port = await freePort()
  const url = `http://localhost:${port}`
  const workers: Worker[] = []
  t.after(async () => {
    for (const worker of workers) await worker.close()
  })
  const service = await testService(t, { url, data, kioskFolder, collectedFolder })
  t.after(() => rmSync(data, { recursive: true, force: true }))
  await service.app.listen({ host: '127.0.0.1', port })
  const judge = browserOptions.javaScriptEnabled === false ? await browser.newPage() : undefined
  const looking = new Looking(name, judge)

  const inFrontOf = async (who: string, hands: (page: Page) => Hands): Promise<Person> => {
    const context = await browser.newContext({ baseURL: url, viewport: DESK, ...browserOptions })
    const page = await context.newPage()
    return new Person(who, page, hands(page), looking, complaints(page, url))
  }
  return {
    service,
    url,
    data,
    async person(id, { keyboard: withoutMouse = false, looking: atSignIn = false } = {}) {
      const known = TEST_PEOPLE.find((one) => one.id === id)
      assert(known, `nobody is ${id}`)
      const person = await inFrontOf(known.name, withoutMouse ? keyboard : () => MOUSE)
      await person.signIn({ looking: atSignIn })
      return person
    },
    otherWorker() {
      const child = spawn(process.execPath, [...process.execArgv, ENTRY, 'work'], {
        env: {
          ...process.env,
          DATABASE_URL: service.databaseAddress,
          PEEL_DATA: data,
          PEEL_KIOSK: kioskFolder,
          PEEL_COLLECTED: collectedFolder,
          PEEL_ORIGIN: 'log.test.example',
        },
        stdio: 'ignore',
      })
      const gone = new Promise((resolve) => child.once('exit', resolve))
      workers.push({
        close: async () => {
          child.kill('SIGCONT')
          child.kill('SIGTERM')
          await gone
        },
      })
      return { hold: () => child.kill('SIGSTOP'), goOn: () => child.kill('SIGCONT') }
    },
    stranger: (who) => inFrontOf(who, () => MOUSE),
    async phone(phone, { messages = 400 } = {}) {
      if (readdirSync(kioskFolder).includes(phone)) return
      const made = await makeSample('ios-backup', join(data, `making-${phone}`), { messages, seed: 'journeys' })
      renameSync(made.phone, join(kioskFolder, phone))
      rmSync(join(data, `making-${phone}`), { recursive: true, force: true })
    },
    async archive(archive, { recordings = 60 } = {}) {
      const made = makeSampleArchive(join(data, `making-${archive}`), { recordings, seed: 'journeys' })
      renameSync(made.archive, join(collectedFolder, archive))
      return made.registers
    },
    async worker() {
      const worker = await openWorker({
        data,
        databaseUrl: service.databaseAddress,
        origin: 'log.test.example',
        kioskFolder,
        collectedFolder,
        tool: TOOL,
        force: service.ops.force,
        now: service.ops.now,
        failed: (what, error) => assert.fail(`${what}: ${String(error)}`),
      })
      workers.push(worker)
      return worker
    },
  }
}

/** What a browser complains of: errors on the console, what fails to load, and everything that is asked of anywhere else. */
function complaints(page: Page, url: string): string[] {
  const oddities: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      oddities.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => oddities.push(`error: ${error.message}`))
  page.on('request', (request) => {
    const asked = request.url()
    if (!asked.startsWith(`${url}/`) && !asked.startsWith('data:') && !asked.startsWith('blob:'))
      oddities.push(`elsewhere: ${asked}`)
  })
  page.on('requestfailed', (request) => {
    // What was under way when somebody went on to the next page is left alone.
    const why = request.failure()?.errorText
    if (why !== 'net::ERR_ABORTED') oddities.push(`failed: ${new URL(request.url()).pathname} ${why}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) oddities.push(`${response.status()}: ${new URL(response.url()).pathname}`)
  })
  return oddities
}
