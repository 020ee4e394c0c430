import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { RECORD_KINDS } from '../records/index.ts'
import { aDocument } from './a-document.ts'
import { AUTHORISATION_SCHEMA, parseAuthorisation } from './parse.ts'
import { POWERS, PURPOSES } from './power.ts'
import { faultsOf } from './schema.ts'

const EXAMPLE = readFileSync(new URL('../../docs/examples/authorisation.yaml', import.meta.url), 'utf8')

function problemsOf(document: unknown) {
  return parseAuthorisation(JSON.stringify(document), { format: 'json' }).problems ?? []
}

function pathsOf(document: unknown): string[] {
  return problemsOf(document).map(({ path }) => path)
}

describe('an authorisation as a document', () => {
  it('is accepted as the example shows it', () => {
    assert.equal(parseAuthorisation(EXAMPLE).problems, undefined)
  })

  it('is accepted in the words of the architecture', () => {
    const text = `
format: peel-authorisation/1
reference: A/2026/0142            # unique within the force
version: 1
power: pcsc-2022-s37
purpose: crime
device: { exhibit: AB/1, user_role: victim, description: "phone, black, cracked screen", serial: F2LXK0ABCD }
lines_of_enquiry:
  - id: L1
    proposition: the suspect arranged the meeting by message
    why_this_device: the complainant says the messages are on it
scope:
  - id: C1
    line_of_enquiry: L1
    records: [message, call]
    apps: [sms, whatsapp]
    between: { from: 2026-03-01T00:00:00Z, to: 2026-03-15T00:00:00Z }
    with: ["+447700900123", "name@example.org"]
    containing: { any: ["meet", "lift home"] }
    near: { lat: 51.5, lon: -0.12, radius_metres: 500 }
    context: 5
    attachments: true
necessity: …
proportionality: …
alternatives: [ { means: screenshots by the user, outcome: not practicable, reason: … } ]
excess_information: { risk: true, reason: … }
confidential_information: { risk: false, reason: … }
agreement: { by: user, notice_served: 2026-03-20T10:00:00Z, agreed: 2026-03-20T10:20:00Z }
valid: { from: 2026-03-20T12:00:00Z, until: 2026-04-20T12:00:00Z }
requested_by:  { id: pc4321, name: …, rank: constable }
authorised_by: { id: insp77, name: …, rank: inspector }
`
    assert.equal(parseAuthorisation(text).problems, undefined)
  })

  it('reads the same from YAML and from JSON', () => {
    const document = aDocument()
    assert.deepEqual(parseAuthorisation(stringify(document)).authorisation, document)
    assert.deepEqual(parseAuthorisation(JSON.stringify(document)).authorisation, document)
    assert.deepEqual(parseAuthorisation(JSON.stringify(document), { format: 'json' }).authorisation, document)
  })

  it('is not JSON when it is YAML', () => {
    assert.match(parseAuthorisation(EXAMPLE, { format: 'json' }).problems?.[0]?.message ?? '', /not JSON/)
  })

  it('may have an empty scope, which grants nothing', () => {
    assert.deepEqual(problemsOf(aDocument({ scope: [] })), [])
  })

  it('names the place, the line and the way out of what is wrong', () => {
    const text = EXAMPLE.replace('from: 2026-03-01T00:00:00Z', 'from: 2026-02-30T00:00:00Z')
    const [problem, ...more] = parseAuthorisation(text).problems ?? []
    assert.equal(more.length, 0)
    assert.equal(problem?.path, 'scope[0].between.from')
    assert.equal(problem?.line, 1 + text.slice(0, text.indexOf('2026-02-30')).split('\n').length - 1)
    assert.match(problem?.hint ?? '', /2026-03-01T00:00:00Z/)
  })

  it('says what was probably meant by a name that it does not know', () => {
    const [problem] = problemsOf({ ...aDocument(), scpoe: [] })
    assert.deepEqual([problem?.path, problem?.hint], ['scpoe', 'did you mean `scope`?'])
    const clause = { ...aDocument().scope[0], records: ['messages'] }
    assert.match(problemsOf(aDocument({ scope: [clause] }))[0]?.hint ?? '', /did you mean `message`/)
  })

  it('refuses an unknown name at every level', () => {
    const document = JSON.parse(JSON.stringify(aDocument()))
    const places: [string, Record<string, unknown>][] = []
    const walk = (value: unknown, path: string) => {
      if (typeof value !== 'object' || value === null) return
      if (!Array.isArray(value)) places.push([path, value as Record<string, unknown>])
      for (const [key, item] of Object.entries(value)) walk(item, `${path}/${key}`)
    }
    walk(document, '')
    assert(places.length > 10)
    for (const [path, place] of places) {
      place.surplus = 1
      assert(problemsOf(document).length > 0, path)
      delete place.surplus
    }
  })

  it('asks for quotes where a number was meant as text', () => {
    const [problem] =
      parseAuthorisation(EXAMPLE.replace('"+447700900123", "ryan', '+447700900123, "ryan')).problems ?? []
    assert.equal(problem?.path, 'scope[0].with[0]')
    assert.equal(problem?.hint, 'write it in quotes')
  })

  it('refuses what YAML can do and a signed text should not', () => {
    const at = (text: string) => parseAuthorisation(text).problems?.[0]?.message
    assert.match(at('a: &x 1\nb: *x') ?? '', /anchor, alias or tag/)
    assert.match(at('<<: {a: 1}\nb: 1') ?? '', /must have/)
    assert.match(at('a: 1\na: 2') ?? '', /names a key twice/)
    assert.match(at('a: {b: 1, b: 2}') ?? '', /names a key twice/)
    assert.match(at('{"a": 1, "\\u0061": 2}') ?? '', /names a key twice/)
    assert.match(at('a: 1\n---\nb: 2') ?? '', /more than one document/)
    assert.match(at('a: !!js/function "x"') ?? '', /not YAML|tag/)
    assert.match(at('a: !mine 1') ?? '', /not YAML|tag/)
    assert.match(at('&a [*a]') ?? '', /anchor, alias or tag|not YAML/)
    assert.match(at('') ?? '', /group of named values/)
    assert.match(at('? [a]\n: 1') ?? '', /not YAML/)
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefghi'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdefghi'[i]},`.repeat(9)}]`),
    ]
    assert.match(at(bomb.join('\n')) ?? '', /anchor, alias or tag/)
  })

  it('refuses what is long or deep, in time', () => {
    for (const text of ['['.repeat(100_000), '- '.repeat(100_000), '{"a":'.repeat(40_000), `a: ${'x'.repeat(2 ** 19)}`])
      for (const format of ['yaml', 'json'] as const)
        assert.equal(parseAuthorisation(text, { format }).problems?.length, 1)
    const many = Array.from({ length: 20_000 }, (_, at) => `k${at}: 1`).join('\n')
    assert((parseAuthorisation(many).problems?.length ?? 0) > 1)
  })

  it('refuses characters that make a text read otherwise than it is stored', () => {
    for (const text of ['a\u0000b', 'a\u202eb', '\ud800', 'a\u001b[2J', 'a\u2066b'])
      assert.deepEqual(pathsOf(aDocument({ necessity: text })), ['necessity'])
    assert.deepEqual(pathsOf(aDocument({ necessity: 'first line\n\tsecond, “quoted”, é, 漢字, 👩‍🚒' })), [])
  })

  it('never repeats in a problem what stands in the document', () => {
    const secret = 'xyzzy-secret'
    const document = aDocument({
      power: secret,
      purpose: secret,
      reference: `\u0000${secret}`,
      valid: { from: secret, until: secret },
      version: secret,
      supersedes: secret,
    })
    const problems = problemsOf(document)
    assert(problems.length > 3)
    assert(!JSON.stringify(problems).includes(secret))
  })

  it('is never a crash, whatever is put in the place of one of its values', () => {
    fc.assert(
      fc.property(aMutation, (document) => {
        const { authorisation, problems } = parseAuthorisation(JSON.stringify(document) ?? 'null')
        assert((authorisation === undefined) !== (problems === undefined))
      }),
      { seed: 4, numRuns: 300 },
    )
  })

  it('is never a crash, whatever bytes are changed in its text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(EXAMPLE.length), fc.string({ maxLength: 3 })), { maxLength: 4 }),
        (edits) => {
          let text = EXAMPLE
          for (const [at, other] of edits) text = text.slice(0, at) + other + text.slice(at + 1)
          parseAuthorisation(text)
        },
      ),
      { seed: 5, numRuns: 100 },
    )
  })
})

describe('the published schema', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: false, strictTypes: false }).compile(
    AUTHORISATION_SCHEMA,
  )

  it('means to us what it means to a general validator', () => {
    assert(validate(aDocument()))
    let refused = 0
    fc.assert(
      fc.property(aMutation, (document) => {
        const value = JSON.parse(JSON.stringify(document) ?? 'null')
        const valid = validate(value)
        if (!valid) refused++
        assert.equal(faultsOf(value, AUTHORISATION_SCHEMA).length === 0, valid)
      }),
      { seed: 6, numRuns: 1500 },
    )
    assert(refused > 300 && refused < 1500)
  })

  it('names the same kinds, powers and purposes as the code', () => {
    const { properties } = AUTHORISATION_SCHEMA
    assert.deepEqual(properties?.scope?.items?.properties?.records?.items?.enum, RECORD_KINDS)
    assert.deepEqual(
      properties?.power?.enum,
      POWERS.map(({ id }) => id),
    )
    assert.deepEqual(properties?.purpose?.enum, PURPOSES)
  })

  it('describes every member', () => {
    const walk = (schema: typeof AUTHORISATION_SCHEMA, path: string): void => {
      assert(schema.description, path)
      for (const [key, property] of Object.entries(schema.properties ?? {})) walk(property, `${path}/${key}`)
      if (schema.items && !schema.items.enum) walk(schema.items, `${path}[]`)
    }
    walk(AUTHORISATION_SCHEMA, '')
  })

  it('refuses unknown members everywhere', () => {
    const walk = (schema: typeof AUTHORISATION_SCHEMA): void => {
      if (schema.type === 'object') assert.equal(schema.additionalProperties, false)
      for (const property of Object.values(schema.properties ?? {})) walk(property)
      if (schema.items) walk(schema.items)
    }
    walk(AUTHORISATION_SCHEMA)
  })
})

const anyValue = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'L1',
    'message',
    'x'.repeat(101),
    'x'.repeat(5000),
    '😀',
    '2026-03-01T00:00:00Z',
    '2026-13-01',
    'a'.repeat(64),
    '0123456789abcdef'.repeat(4),
  ),
  fc.constantFrom(0, 1, -1, 0.5, 90, 181, 1e9, 1e-9, 1001),
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    [],
    {},
    ['message'],
    ['message', 'message'],
    { any: ['x'] },
    { all: [] },
    { any: ['x'], all: ['x'] },
  ),
  fc.jsonValue({ maxDepth: 2 }),
)

/** The valid document with one value exchanged, one taken out, or one put in, at any place. */
const aMutation = fc
  .record({
    place: fc.nat(),
    how: fc.constantFrom('replace', 'replace', 'remove', 'add'),
    value: anyValue,
    key: fc.constantFrom('x', 'id', '__proto__', 'constructor', 'serial', 'imei', 'any', 'all'),
  })
  .map(({ place, how, value, key }) => {
    const document = JSON.parse(JSON.stringify(aDocument()))
    const places: [Record<string, unknown>, string][] = []
    const walk = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      for (const name of Object.keys(node)) {
        places.push([node as Record<string, unknown>, name])
        walk((node as Record<string, unknown>)[name])
      }
    }
    walk(document)
    const chosen = places[place % places.length]
    assert(chosen)
    const [node, name] = chosen
    if (how === 'remove' && Array.isArray(node)) node.splice(Number(name), 1)
    else if (how === 'remove') delete node[name]
    else if (how === 'add' && Array.isArray(node)) node.push(value)
    else
      Object.defineProperty(node, how === 'add' ? key : name, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      })
    return document
  })
