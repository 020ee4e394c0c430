import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A file that every page loads. */
export interface Asset {
  readonly body: string
  readonly type: string
  readonly etag: string
}

const require = createRequire(import.meta.url)
const govuk = join(dirname(require.resolve('govuk-frontend/package.json')), 'dist/govuk')
const moj = join(dirname(require.resolve('@ministryofjustice/frontend/package.json')), 'moj')

const webauthn = join(dirname(require.resolve('@simplewebauthn/browser')), '../dist/bundle/index.umd.min.js')

/** GDS Transport and the crown are GOV.UK's alone: their faces are taken out, and what names the font falls back to the next. */
function withoutTheirFont(css: string): string {
  return css.replace(/@font-face\s*\{[^}]*\}/g, '').replace(/["']?GDS Transport["']?\s*,\s*/g, '')
}

/** The design system's styles and behaviour, and what is ours, by the name under /assets/. */
export const ASSETS: ReadonlyMap<string, Asset> = new Map([
  asset('govuk.css', 'text/css', withoutTheirFont(readFileSync(join(govuk, 'govuk-frontend.min.css'), 'utf8'))),
  asset('moj.css', 'text/css', withoutTheirFont(readFileSync(join(moj, 'moj-frontend.min.css'), 'utf8'))),
  asset('govuk.js', 'text/javascript', readFileSync(join(govuk, 'govuk-frontend.min.js'), 'utf8')),
  asset('peel.css', 'text/css', readFileSync(new URL('./peel.css', import.meta.url), 'utf8')),
  asset('peel.js', 'text/javascript', readFileSync(new URL('./peel.js', import.meta.url), 'utf8')),
  asset('extraction.js', 'text/javascript', readFileSync(new URL('./extraction.js', import.meta.url), 'utf8')),
  asset('live.js', 'text/javascript', readFileSync(new URL('./live.js', import.meta.url), 'utf8')),
  asset('security-key.js', 'text/javascript', readFileSync(new URL('./security-key.js', import.meta.url), 'utf8')),
  asset('webauthn.js', 'text/javascript', readFileSync(webauthn, 'utf8')),
  asset('review.js', 'text/javascript', readFileSync(new URL('./review.js', import.meta.url), 'utf8')),
  asset('peel.svg', 'image/svg+xml', readFileSync(new URL('./peel.svg', import.meta.url), 'utf8')),
])

function asset(name: string, type: string, text: string): [string, Asset] {
  const body = text.replace(/\/\/# sourceMappingURL=.*|\/\*# sourceMappingURL=.*?\*\//g, '')
  return [name, { body, type: `${type}; charset=utf-8`, etag: `"${hash('sha256', body, 'hex').slice(0, 32)}"` }]
}
