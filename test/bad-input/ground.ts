import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import type { Authorisation } from '../../src/authorisation/index.ts'
import { makeSample, type SampleKind } from '../../src/sample/index.ts'
import { authorisationFor, installation, signed, trust } from '../extract-with.ts'
import type { OracleClause, TruthRecord } from '../oracle.ts'
import { type How, peel, type Ran } from './peel.ts'

// What every test of bad input stands on: a folder of its own, keys, an authorisation for everything, and phones.

export const folder = mkdtempSync(join(tmpdir(), 'peel-bad-input-'))
// Not by Node: some of these tests make folders deeper than it can go.
after(() => void spawnSync('rm', ['-rf', folder]))

let counted = 0
/** A path in the folder of these tests that nobody has used. */
export function place(name: string): string {
  return join(folder, `${++counted}-${name}`)
}

/** Writes a file into the folder of these tests, and gives its path. */
export function written(name: string, content: string | Uint8Array): string {
  const path = place(name)
  writeFileSync(path, content, { mode: 0o644 })
  return path
}

export const identity = await generateX25519Identity()
export const recipient = await identityToRecipient(identity)
export const identityFile = written('officer.txt', `${identity}\n`)
export const strangerFile = written('stranger.txt', `${await generateX25519Identity()}\n`)
export const trustFile = written('trust.txt', trust.map(lineOf).join('\n'))
const signerFile = written('installation.pem', installation.privatePem)

/** Asks for every kind that can be read, files too. */
export const EVERYTHING: OracleClause[] = [
  { id: 'C1', records: ['message', 'call', 'contact', 'media_item'], attachments: true },
]
export const authorisationFile = written('authorisation.dsse.json', signed(authorisationFor(EVERYTHING)))

export interface Phone {
  readonly phone: string
  readonly passwordFile?: string
  readonly truth: { readonly records: TruthRecord[]; readonly never: string[] }
  /** words, names and numbers that stand on the phone and may never stand in a message */
  readonly secrets: readonly string[]
}

const made = new Map<string, Promise<Phone>>()

/** A sample phone; made once for each kind and size. */
export function phone(kind: SampleKind, messages = 120): Promise<Phone> {
  const key = `${kind}-${messages}`
  const known = made.get(key) ?? make(kind, messages, join(folder, key))
  made.set(key, known)
  return known
}

async function make(kind: SampleKind, messages: number, dir: string): Promise<Phone> {
  process.env['PEEL_SAMPLE_ROUNDS'] = '1000'
  mkdirSync(dir)
  const sample = await makeSample(kind, dir, { messages, seed: '3' })
  const truth = JSON.parse(readFileSync(sample.truth, 'utf8')) as Phone['truth']
  const secrets = new Set(truth.never)
  for (const record of truth.records) {
    const { from, to = [], body, name, addresses = [] } = record as TruthRecord & { name?: string }
    for (const text of [body, name, ...addresses.map(({ address }) => address)])
      if (text !== undefined && text.length > 5) secrets.add(text)
    for (const party of [from, ...to]) if (party && party.address.length > 5) secrets.add(party.address)
  }
  return {
    phone: sample.phone,
    passwordFile: kind === 'ios-backup-encrypted' ? join(dir, 'password.txt') : undefined,
    truth,
    secrets: [...secrets],
  }
}

/** Runs `peel extract` as the tests mostly want it; `more` comes last. */
export function extract(source: string, out: string, more: readonly string[] = [], how: How = {}): Promise<Ran> {
  const given = more.includes('--authorisation') ? [] : ['--authorisation', authorisationFile]
  const trusted = more.includes('--trust') ? [] : ['--trust', trustFile]
  const opened = more.includes('--recipient') ? [] : ['--recipient', recipient]
  const words = ['extract', source, ...given, ...trusted, ...opened, '--signer', signerFile, '--out', out, ...more]
  return peel(words, how)
}

/** Writes a signed authorisation for everything, with changes, and gives its path. */
export function authorisationWith(changes: Partial<Authorisation>): string {
  return written('changed.dsse.json', signed(authorisationFor(EVERYTHING, changes)))
}

function lineOf({ key, person }: (typeof trust)[number]): string {
  const raw = key.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')
  return `ed25519:${raw}${person === undefined ? '' : ` id:${person}`}`
}

/** Whether this machine lets us do what only root may; the reason to skip otherwise. */
export const notRoot: false | string = process.getuid?.() === 0 ? false : 'needs root'
