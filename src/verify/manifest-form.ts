import type { SignedManifest } from '../extraction/index.ts'

/** Whether something is what its name says; never throws. */
type Form = (value: unknown) => boolean

const text: Form = (value) => typeof value === 'string'
const count: Form = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const digest: Form = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const maybe =
  (form: Form): Form =>
  (value) =>
    value === undefined || form(value)
const list =
  (form: Form): Form =>
  (value) =>
    Array.isArray(value) && value.every(form)
const map =
  (form: Form): Form =>
  (value) =>
    isObject(value) && Object.values(value).every(form)
const shape =
  (forms: Readonly<Record<string, Form>>): Form =>
  (value) =>
    isObject(value) && Object.entries(forms).every(([name, form]) => form(value[name]))

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const file = shape({ path: text, bytes: count, sha256: digest })

const tool = shape({ name: text, version: text, commit: text })
const tree = shape({ size: count, root: digest })

const manifest = shape({
  format: (value) => value === 'peel-extract/1',
  authorisation: shape({ reference: text, version: count, digest }),
  tool,
  source: shape({
    kind: text,
    device: shape({ model: maybe(text), os: maybe(text), os_version: maybe(text), serial: maybe(text) }),
  }),
  files: shape({
    not_opened: count,
    opened: count,
    missing: count,
    databases: list(file),
    taken: shape({ count, bytes: count, root: digest }),
    looked_at: shape({ count, bytes_read: count }),
    list_root: digest,
  }),
  records: map(shape({ total: count, taken: count, context: count, left: map(count), removed: maybe(map(count)) })),
  not_asked_for: list(text),
  clauses: map(count),
  merkle: tree,
  contents: list(file),
  problems: list(shape({ code: text, file: maybe(text), detail: text })),
  started: text,
  finished: text,
  resealed: maybe(
    shape({
      at: text,
      tool,
      before: shape({ manifest: digest, merkle: tree }),
      removed: map(map(count)),
    }),
  ),
  signed_by: text,
})

/** Whether a value is a manifest as docs/formats/extract.md describes it. Whoever signs with a key of their own can sign anything. */
export function isManifest(value: unknown): value is SignedManifest {
  return manifest(value)
}
