import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import type { TestContext } from 'node:test'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import { freePort } from './free-port.fixture.ts'
import { testService, type TestService, type Visitor } from './test-service.fixture.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
/** Nothing but the page: no calls home, no first-run pages. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** Chromium, closed after the test. Undefined, with the test skipped, where there is none and PEEL_REQUIRE_TOOLS does not ask for it. */
export async function browserFor(t: TestContext): Promise<Browser | undefined> {
  const found = NAMES.map((name) => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim())
  const executablePath = found.find((path) => path !== '')
  if (executablePath === undefined) {
    assert(!process.env['PEEL_REQUIRE_TOOLS'], 'not installed: chromium')
    t.skip('not installed: chromium')
    return undefined
  }
  const browser = await chromium.launch({ executablePath, args: QUIET })
  t.after(() => browser.close())
  return browser
}

/** A whole service that listens on loopback, under a name that keys can be bound to. */
export async function listeningService(
  t: TestContext,
  options: Parameters<typeof testService>[1] = {},
): Promise<TestService & { readonly url: string }> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const service = await testService(t, { ...options, url })
  await service.app.listen({ host: '127.0.0.1', port })
  return { ...service, url }
}

/** The cookie of somebody who has signed in, as a browser takes it. */
export function cookieOf(visitor: Visitor, url: string): { name: string; value: string; url: string } {
  const [name = '', value = ''] = visitor.cookie.split('=')
  return { name, value, url }
}

/** A security key in the hand of whoever sits before a page: it says yes at once. */
export async function pluggedKey(page: Page): Promise<{ devtools: CDPSession; authenticatorId: string }> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { devtools, authenticatorId }
}
