import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { leafHash } from './merkle.ts'
import { cosignatureLine, formatNote, openNote, parseNote, parseSignatures, signatureLine } from './note.ts'
import { testSigner } from './signer.fixture.ts'
import { COSIGNATURE, ED25519, readVkey, verifierOf } from './vkey.ts'

// c2sp.org/signed-note, Example.
const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const NOTE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n'

const log = testSigner('log.example/force')
const witness = testSigner('witness.example/w1')
const logKey = verifierOf(log.name, ED25519, log.publicKey)
const witnessKey = verifierOf(witness.name, COSIGNATURE, witness.publicKey)
const text = formatCheckpoint({ origin: log.name, size: 1, root: leafHash('one') })
const signed = formatNote(text, [signatureLine(text, log), cosignatureLine(text, witness, 1_700_000_000)])

test('the published example opens with its key, and with no other', () => {
  assert.equal(readVkey(VKEY).vkey, VKEY)
  assert.equal(openNote(NOTE, [readVkey(VKEY)]).text, 'This is an example message.\n')
  assert.throws(() => openNote(NOTE, [logKey]), { code: 'NOTE_UNKNOWN' })
})

test('a checkpoint opens with the signature of its log and gives the time of its witness', () => {
  const opened = openCheckpoint(Buffer.from(signed), [logKey], [witnessKey])
  assert.deepEqual([opened.origin, opened.size, opened.root], [log.name, 1, leafHash('one')])
  assert.deepEqual(
    opened.witnesses.map(({ by, time }) => [by, time]),
    [[witnessKey, 1_700_000_000]],
  )
  assert.equal(openCheckpoint(signed, [logKey]).witnesses.length, 0)
  assert.throws(() => openCheckpoint(signed, [], [witnessKey]), { code: 'NOTE_UNKNOWN' })
})

test('a checkpoint signed by a trusted log that names another is not believed', () => {
  const other = formatCheckpoint({ origin: 'log.example/other', size: 1, root: leafHash('one') })
  assert.throws(() => openCheckpoint(formatNote(other, [signatureLine(other, log)]), [logKey]), {
    code: 'NOTE_UNKNOWN',
  })
})

test('every altered byte of a signed checkpoint is noticed', () => {
  const bytes = Buffer.from(signed)
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes)
    altered.writeUInt8((altered[at] ?? 0) ^ 1, at)
    let witnesses = 0
    try {
      witnesses = openCheckpoint(altered, [logKey], [witnessKey]).witnesses.length
    } catch (error) {
      assert.match(String((error as { code?: string }).code), /^(NOTE_|CHECKPOINT_)/)
    }
    assert.equal(witnesses, 0, `byte ${at}`)
  }
})

test('a forged signature beside a good one spoils the note', () => {
  const other = formatCheckpoint({ origin: log.name, size: 2, root: leafHash('one') })
  const lines = [signatureLine(text, log), cosignatureLine(other, witness, 1_700_000_000)]
  assert.throws(() => openNote(formatNote(text, lines), [logKey, witnessKey]), { code: 'NOTE_FORGED' })
  const twice = [signatureLine(text, log), signatureLine(other, log)]
  assert.throws(() => openNote(formatNote(text, twice), [logKey]), { code: 'NOTE_FORGED' })
})

test('what is not a note is refused before any signature is looked at', () => {
  const line = signatureLine(text, log)
  const bad: (string | Uint8Array)[] = [
    '',
    '\n',
    '\n\n',
    text,
    `${text}\n`,
    `${text}\n${line.trimEnd()}`,
    `${text}${line}`,
    `${text}\n${line}x`,
    `${text}\n${line}\r\n`,
    `${text}\n${line.replace('— ', '- ')}`,
    `${text}\n${line.replace('=', '')}`,
    `${text}\n${line.replace(log.name, 'a+b')}`,
    `${text}\n${line.replace(log.name, 'a\u2003b')}`,
    `a\tb\n\n${line}`,
    `${text}\n— a AAAA\n`,
    Buffer.concat([Buffer.from(text), Buffer.of(0xff, 10, 10), Buffer.from(line)]),
    `${text}\n${line.repeat(101)}`,
    `${'x'.repeat(300_000)}\n\n${line}`,
    `\ud800\n\n${line}`,
  ]
  for (const note of bad) assert.throws(() => parseNote(note), { code: 'NOTE_MALFORMED' })
  assert.equal(parseNote(`${text}\n${line.repeat(16)}`).signatures.length, 16)
  assert.equal(parseNote(`\uFEFFa\n\nb\n\n${line}`).text, '\uFEFFa\n\nb\n')
  assert.equal(parseSignatures(line + line).length, 2)
  assert.throws(() => parseSignatures(`x\n\n${line}x`), { code: 'NOTE_MALFORMED' })
})

test('what is not a verifier key is refused', () => {
  const bad = [
    '',
    'a',
    '++',
    VKEY.replace('530d903a', '530d903b'),
    VKEY.replace('530d903a', '530D903A'),
    `${VKEY}=`,
    VKEY.slice(0, -2),
    VKEY.replace('foo', 'bar'),
    VKEY.replace('foo', 'f oo'),
    `${VKEY} `,
    VKEY.replace('+Ae', '+Be'),
    'x'.repeat(2000),
  ]
  for (const key of bad) assert.throws(() => readVkey(key), { code: 'KEY_UNREADABLE' })
})

test('a checkpoint has three lines in one writing only', () => {
  const root = leafHash('one').toString('base64')
  const bad = [
    '',
    '\n',
    `a\n1\n${root}`,
    `a\n01\n${root}\n`,
    `a\n-1\n${root}\n`,
    `a\n1 \n${root}\n`,
    `a\n9007199254740992\n${root}\n`,
    `\n1\n${root}\n`,
    `a\n1\n${root}\nextension\n`,
    `a\n1\n${root}\n\n`,
    `a\n1\n\n`,
    `a\n1\n${root.slice(4)}\n`,
    `a\n1e3\n${root}\n`,
  ]
  for (const each of bad) assert.throws(() => parseCheckpoint(each), { code: 'CHECKPOINT_MALFORMED' })
  assert.equal(formatCheckpoint(parseCheckpoint(`a\n9007199254740991\n${root}\n`)), `a\n9007199254740991\n${root}\n`)
})
