import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { authorise, checkAuthorisation, parseAuthorisation } from '../src/authorisation/index.ts'
import {
  generateKey,
  openEnvelope,
  publicKeyOf,
  readPublicKeys,
  sealEnvelope,
  SignatureError,
  writeEnvelope,
} from '../src/signature/index.ts'

// Everything of an authorisation that comes from outside: documents, envelopes, statements, trust files. Takes seconds.
const seconds = Number(process.argv[2] ?? 20)
const TOO_SLOW_MS = 5000

const example = readFileSync(new URL('../docs/examples/authorisation.yaml', import.meta.url), 'utf8')
const { authorisation } = parseAuthorisation(example)
assert(authorisation)
const [jo, sam] = [generateKey(new Uint8Array(32).fill(1)), generateKey(new Uint8Array(32).fill(2))]
const trust = [publicKeyOf(jo), publicKeyOf(sam)]
const envelope = writeEnvelope(authorise(authorisation, jo, sam))
const statement = Buffer.from(openEnvelope(envelope).payload).toString()
const facts = { trust, now: Date.parse('2026-05-01T00:00:00Z'), device: { serial: 'PEELSAMPLE01' } }
assert(checkAuthorisation(envelope, facts).granted)
const trustFile = `# signers\n${jo.publicLine} id:pc4321 Jo\n${sam.publicPem}`

const pieces = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ': ',
    '- ',
    '\n',
    '&a ',
    '*a',
    '!!',
    '? ',
    '|',
    '>',
    '%',
    '#',
    '\u0000',
    '\ud800',
  ),
  fc.constantFrom('__proto__', 'constructor', '1e999', '.nan', '0x10', 'null', '~', 'true', '-0', '\\u0000'),
)

/** A text with pieces put over it, cut out of it or repeated. */
function mangled(text: string): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(text.length),
    cut: fc.nat(6),
    piece: pieces,
    times: fc.constantFrom(1, 1, 1, 2, 1000),
  })
  return fc
    .array(edit, { minLength: 1, maxLength: 6 })
    .map((edits) =>
      edits.reduce(
        (all, { at, cut, piece, times }) => all.slice(0, at) + piece.repeat(times) + all.slice(at + cut),
        text,
      ),
    )
}

const targets: { [name: string]: [fc.Arbitrary<string>, (text: string) => void] } = {
  yaml: [mangled(example), (text) => void parseAuthorisation(text)],
  json: [mangled(JSON.stringify(authorisation)), (text) => void parseAuthorisation(text, { format: 'json' })],
  envelope: [mangled(envelope), (text) => assert(text === envelope || !checkAuthorisation(text, facts).granted)],
  statement: [
    mangled(statement),
    (text) => {
      const payload = Buffer.from(text)
      const decision = checkAuthorisation(
        writeEnvelope(sealEnvelope('application/vnd.in-toto+json', payload, [jo, sam])),
        facts,
      )
      // Whoever holds both keys may sign another document; what is granted must then be read as it stands.
      if (decision.granted)
        assert.equal(JSON.parse(text).predicate.authorisation.reference, decision.authorisation.reference)
    },
  ],
  trust: [
    mangled(trustFile),
    (text) => {
      try {
        readPublicKeys(text)
      } catch (error) {
        if (!(error instanceof SignatureError)) throw error
      }
    },
  ],
}

const end = performance.now() + seconds * 1000
let rounds = 0
for (let seed = 1; performance.now() < end; seed++)
  for (const [name, [texts, run]] of Object.entries(targets)) {
    const timed = (text: string) => {
      const start = performance.now()
      run(text)
      assert(performance.now() - start < TOO_SLOW_MS, `${name} takes too long`)
      rounds++
    }
    fc.assert(fc.property(texts, timed), { seed, numRuns: 50 })
    if (performance.now() >= end) break
  }
console.log(`authorisation: ${rounds} rounds`)
