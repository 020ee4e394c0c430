import fc from 'fast-check'
import type { Details, EventKind } from './registry.ts'
import { EVENT_KINDS, kindOf } from './registry.ts'

const WORD = fc.constantFrom('crime', 'message', 'pcsc-2022-s37', 'media_item', 'en-gb', 'extract.open')
const DIGEST = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .chain((bytes) =>
    fc.constantFrom<BufferEncoding>('hex', 'base64url').map((form) => Buffer.from(bytes).toString(form)),
  )

// By the form that the registry names, so that a field without a generator is noticed.
const BY_FORM: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'an id': fc.constantFrom('c-1', 'pc4321', 'A/2026/0142', 'AB/1', '5f1d7a3e-0000-4000-8000-000000000000'),
  'a digest': DIGEST,
  'a count': fc.oneof(fc.nat(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER)),
  'yes or no': fc.boolean(),
  'a time': fc.constantFrom('2026-11-22T09:00:00Z', '2024-02-29T23:59:59.999Z'),
  'a day': fc.constantFrom('2026-11-22', '2024-02-29'),
  'a word': WORD,
  'a code': fc.constantFrom('NOT_YOUR_CASE', 'WRONG_KEY'),
  'a version': fc.constantFrom('0.1.0', '8f3ebaf'),
  'counts by word': fc.dictionary(WORD, fc.nat(), { maxKeys: 5, noNullPrototype: true }),
  text: fc.constantFrom('An appeal was lodged.', 'Court order of 3 March.\nSee the file.'),
}

/** Details of a kind as the registry asks for them, with and without what may be absent. */
export function detailsOf<K extends EventKind>(kind: K): fc.Arbitrary<Details<K>> {
  const { fields } = kindOf(kind)
  return fc.record(Object.fromEntries(Object.entries(fields).map(([name, { form }]) => [name, valueOf(form)])), {
    requiredKeys: Object.keys(fields).filter((name) => !fields[name]?.optional),
    noNullPrototype: true,
  }) as fc.Arbitrary<Details<K>>
}

/** Any kind with details of its own. */
export const someEvent: fc.Arbitrary<{ readonly kind: EventKind; readonly details: Details<EventKind> }> = fc
  .constantFrom(...EVENT_KINDS)
  .chain((kind) => detailsOf(kind).map((details) => ({ kind, details })))

function valueOf(form: string): fc.Arbitrary<unknown> {
  const words = /^one of (.*)$/.exec(form)?.[1]
  if (words !== undefined) return fc.constantFrom(...words.split(', '))
  const each = /^a list, each (.*)$/.exec(form)?.[1]
  if (each !== undefined) return fc.uniqueArray(valueOf(each), { maxLength: 4 })
  const made = BY_FORM[form]
  if (made === undefined) throw new TypeError(`nothing makes ${form}`)
  return made
}
