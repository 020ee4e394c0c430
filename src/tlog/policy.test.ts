import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatCheckpoint } from './checkpoint.ts'
import { leafHash } from './merkle.ts'
import { cosignatureLine, formatNote, signatureLine } from './note.ts'
import { openUnder, parsePolicy } from './policy.ts'
import { testSigner } from './signer.fixture.ts'
import { COSIGNATURE, ED25519, verifierOf } from './vkey.ts'

const log = testSigner('log.example/force')
const names = ['x1', 'x2', 'x3', 'y1', 'y2'] as const
const signers = Object.fromEntries(names.map((name) => [name, testSigner(`witness.example/${name}`)]))
const key = (name: string) => {
  const signer = signers[name] ?? testSigner(name)
  return verifierOf(signer.name, COSIGNATURE, signer.publicKey).vkey
}
const logLine = `log ${verifierOf(log.name, ED25519, log.publicKey).vkey}`
const witnesses = names.map((name) => `witness ${name} ${key(name)} https://${name}.example/`).join('\n')
// The example of c2sp.org/tlog-policy: two of one organisation, and one of another.
const TWO_AND_ONE = `# whose signatures count\n\n\t${logLine} https://log.example\n${witnesses}
group X-witnesses 2 x1 x2 x3
group Y-witnesses any y1 y2
group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y`

const text = formatCheckpoint({ origin: log.name, size: 1, root: leafHash('one') })
const signedBy = (...cosigners: readonly string[]) =>
  formatNote(text, [
    signatureLine(text, log),
    ...cosigners.map((name) => cosignatureLine(text, signers[name] ?? testSigner(name), 1_790_000_000)),
  ])

test('a quorum of groups is met by enough of each, and by nothing less', () => {
  const policy = parsePolicy(TWO_AND_ONE)
  const met = (...by: readonly string[]) => openUnder(policy, signedBy(...by)).witnessed
  assert.ok(met('x1', 'x3', 'y2'))
  assert.ok(met(...names))
  for (const by of [
    [],
    ['x1'],
    ['y1', 'y2'],
    ['x1', 'y1'],
    ['x1', 'x2', 'x3'],
    ['x1', 'x1', 'y1'],
    ['x1', 'stranger', 'y1'],
  ])
    assert.ok(!met(...by), by.join())
})

test('a policy may ask for no witness, or for one', () => {
  assert.ok(openUnder(parsePolicy(`${logLine}\nquorum none\n`), signedBy()).witnessed)
  const one = parsePolicy(`${logLine}\n${witnesses}\nquorum y2`)
  assert.ok(openUnder(one, signedBy('y2')).witnessed)
  assert.ok(!openUnder(one, signedBy('y1')).witnessed)
  assert.throws(() => openUnder(parsePolicy('quorum none'), signedBy()), { code: 'NOTE_UNKNOWN' })
})

test('a policy that could be read in two ways is refused', () => {
  const bad = [
    '',
    logLine,
    'quorum x1',
    'quorum none\nquorum none',
    'quorum',
    'quorum none x',
    `${logLine}\n${logLine}\nquorum none`,
    `witness none ${key('x1')}\nquorum none`,
    `witness a ${key('x1')}\nwitness a ${key('x2')}\nquorum a`,
    `witness a ${key('x1')}\nwitness b ${key('x1')}\nquorum a`,
    `${witnesses}\ngroup g 3 x1 x2\nquorum g`,
    `${witnesses}\ngroup g 0 x1\nquorum g`,
    `${witnesses}\ngroup g any\nquorum g`,
    `${witnesses}\ngroup g any x1 x1\nquorum g`,
    `${witnesses}\ngroup g any later\ngroup later any x1\nquorum g`,
    `${witnesses}\ngroup g any none\nquorum g`,
    `${witnesses}\ngroup g any x1\ngroup h any x1 g\nquorum h`,
    `log ${key('x1')}\nquorum none`,
    `witness a ${logLine.slice(4)}\nquorum a`,
    `policy\nquorum none`,
    'quorum none\r\n',
    `quorum none\n#\u0007`,
    `#${'x'.repeat(70_000)}\nquorum none`,
  ]
  for (const policy of bad) assert.throws(() => parsePolicy(policy), { code: 'POLICY_MALFORMED' }, policy)
  assert.throws(() => parsePolicy('log x\nquorum none'), { code: 'KEY_UNREADABLE' })
  assert.throws(() => parsePolicy(Buffer.of(0xff)), { code: 'POLICY_MALFORMED' })
})
