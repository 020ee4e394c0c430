import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { openSource } from '../../src/acquisition/index.ts'
import { ContainerReader } from '../../src/vault/index.ts'
import { grantFor, extractWith } from '../extract-with.ts'
import { plaintextPages } from '../container-bytes.ts'
import { generateScope, randomFrom } from '../generated-scope.ts'
import { addressesOf, type OracleClause, pick, type TruthRecord, who } from '../oracle.ts'
import { indexedWords } from '../scope-traps/everything-kept.ts'
import { makeSample, type SampleKind } from '../../src/sample/index.ts'

// 1,000 for each kind of phone take a quarter of an hour: whoever changes what is taken asks for them all, CI takes the first quarter, a run by hand fewer.
const RUNS = Number(process.env['PEEL_OBEDIENCE_RUNS'] ?? (process.env['CI'] ? 250 : 60))

// What leaks is invented, but a habit of printing it would not be.
const SHOW = process.env['PEEL_SHOW_LEAKS'] !== undefined

const folder = mkdtempSync(join(tmpdir(), 'peel-obedience-'))
after(() => rmSync(folder, { recursive: true }))
const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)

/** Makes the test for one kind of phone. Each kind has a file of its own, so that they run side by side. */
export function obeys(kind: SampleKind): void {
  test(`from ${kind}, ${RUNS} generated authorisations take exactly what an independent oracle picks, and nothing else stays anywhere`, async () => {
    process.env['PEEL_SAMPLE_ROUNDS'] = '1000'
    const dir = join(folder, kind)
    const made = await makeSample(kind, dir, { messages: 160, seed: '7' })
    const truth = JSON.parse(readFileSync(made.truth, 'utf8')) as { records: TruthRecord[]; never: string[] }
    const random = randomFrom(1)
    const temporary = join(folder, `${kind}-tmp`)
    mkdirSync(temporary)
    process.env['TMPDIR'] = temporary
    const shm = sharedMemory()
    const source = await openSource(made.phone, {
      password: kind === 'ios-backup-encrypted' ? 'peel-sample' : undefined,
    })
    try {
      for (let run = 0; run < RUNS; run++) {
        const scope = run === 0 ? everything(truth.records) : run === 1 ? [] : generateScope(truth.records, random)
        const out = join(folder, `${kind}-${run}.peel`)
        const result = await extractWith({ source, grant: grantFor(scope), recipient, out })
        const says = `run ${run}: ${JSON.stringify(scope)}`
        const expected = pick(truth.records, scope)
        const taken = await readAll(out)
        assert.deepEqual(taken.map(comparable).sort(), expectedRecords(truth.records, expected).sort(), says)
        countsAddUp(result.records, truth.records, scope, says)
        await nothingElse(out, truth, expected, says)
        rmSync(out, { recursive: true })
      }
    } finally {
      await source.close()
    }
    assert.deepEqual(readdirSync(temporary), [], 'nothing stays in the temporary folder')
    assert.deepEqual(sharedMemory(), shm, 'nothing stays in shared memory')
  })
}

function everything(records: TruthRecord[]): OracleClause[] {
  return [{ id: 'C1', records: [...new Set(records.map(({ kind }) => kind))], attachments: true }]
}

async function readAll(out: string): Promise<Record<string, unknown>[]> {
  const reader = await ContainerReader.open(out, [identity])
  try {
    return [...reader.records()].map(({ json }) => JSON.parse(json) as Record<string, unknown>)
  } finally {
    reader.close()
  }
}

/** A record as text, without what only an extraction can know. */
function comparable(record: Record<string, unknown>): string {
  const { id: _id, provenance: _provenance, ...rest } = record
  const attachments = (rest['attachments'] as TruthRecord['attachments']).map(unopened)
  return stable({ ...rest, attachments })
}

function expectedRecords(records: TruthRecord[], picked: ReturnType<typeof pick>): string[] {
  return [...picked].map(([at, { clauses, context, media }]) => {
    const record = records[at] as TruthRecord
    const attachments = record.attachments.map(({ sha256, taken, ...rest }) =>
      unopened(media && taken ? { ...rest, sha256, taken } : { ...rest, taken: false }),
    )
    return stable({ ...record, attachments, clauses, context })
  })
}

/** Not every phone notes how large a file is: where it was not opened, its size may not be known. */
function unopened(attachment: TruthRecord['attachments'][number] & { bytes?: number }) {
  const { bytes: _bytes, ...rest } = attachment
  return attachment.taken ? attachment : rest
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function countsAddUp(
  counts: Awaited<ReturnType<typeof extractWith>>['records'],
  records: TruthRecord[],
  scope: OracleClause[],
  says: string,
): void {
  for (const [kind, { total, taken, left }] of Object.entries(counts)) {
    const sum = Object.values(left).reduce((all, number) => all + number, 0)
    assert.equal(total, taken + sum, says)
    const asked = scope.filter((clause) => clause.records.includes(kind))
    if (asked.some(({ apps }) => apps === undefined))
      assert.equal(
        total - (left.deleted ?? 0),
        records.filter((record) => record.kind === kind).length,
        `${kind} in ${says}`,
      )
  }
}

/** Searches every byte, before encryption too, for what was left. */
async function nothingElse(
  out: string,
  truth: { records: TruthRecord[]; never: string[] },
  picked: ReturnType<typeof pick>,
  says: string,
): Promise<void> {
  const kept = truth.records.filter((_, at) => picked.has(at))
  const left = truth.records.filter((_, at) => !picked.has(at))
  const keptText = kept
    .map((record) => JSON.stringify(record))
    .join('\n')
    .toLowerCase()
  // The pages of the full-text index hold its words cut short, so its list of them is searched as well.
  const index = Buffer.from((await indexedWords(out, identity)).join('\n'))
  const inside = withoutDigests(latin1(Buffer.concat([await plaintextPages(out, identity), index])))
  const outside = readFileSync(join(out, 'manifest.dsse.json'), 'utf8')
  const manifest = withoutDigests(latin1(Buffer.from((JSON.parse(outside) as { payload: string }).payload, 'base64')))
  const absent = (text: string, what: string) => {
    const bytes = latin1(Buffer.from(text.toLowerCase()))
    assert.ok(!inside.includes(bytes), `${what} stays inside${SHOW ? ` (${text})` : ''}; ${says}`)
    assert.ok(!manifest.includes(bytes), `${what} stands in the manifest${SHOW ? ` (${text})` : ''}; ${says}`)
  }
  const reader = await ContainerReader.open(out, [identity])
  const payloads = reader.payloads()
  // Random letters, over a hundred in each header and signature: one of some thousand containers holds a word of six by chance.
  const chance = [...payloads.map(({ header }) => header), reader.about('authorisation') ?? ''].join('\n').toLowerCase()
  reader.close()
  // Paths of databases are the system's own words.
  const known = FORMAT + manifestPaths(outside) + chance
  for (const word of truth.never) absent(word, 'a word that may never come out')
  const leftWords = new Set(
    left.flatMap((record) => textsOf(record).flatMap((text) => text.match(/[\p{L}\p{N}]{6,}/gu) ?? [])),
  )
  for (const word of leftWords)
    if (!keptText.includes(word.toLowerCase()) && !known.includes(word.toLowerCase()))
      absent(word, 'a word of a record that was left')
  const keptPeople = new Set(kept.flatMap(addressesOf).map(who))
  for (const address of new Set(left.flatMap(addressesOf))) {
    // A number in every spelling has its last nine digits in common; any other address is looked for whole.
    const sought = /^\+?[\d\s]{9,}(@s\.whatsapp\.net)?$/.test(address) ? who(address).slice(-9) : address
    if (!keptPeople.has(who(address)) && sought.length > 4 && !keptText.includes(sought.toLowerCase()))
      absent(sought, 'an address of a record that was left')
  }
  const pictures = payloads.map(({ sha256 }) => Buffer.from(sha256).toString('hex'))
  const allowed = [...picked].filter(([, { media }]) => media).flatMap(([at]) => truth.records[at]?.attachments ?? [])
  for (const sha256 of pictures)
    assert.ok(
      allowed.some((attachment) => attachment.sha256 === sha256),
      `a picture that was left stays; ${says}`,
    )
  assert.equal(globSync('payload/*/*', { cwd: out }).length, pictures.length, says)
}

/** One character a byte, in lower case: what is looked for and what it is looked for in must go through the same. */
function latin1(bytes: Buffer): string {
  return bytes.toString('latin1').toLowerCase()
}

/** A digest in hex holds any five digits, a short code for instance, sooner or later; what is looked for is text. */
function withoutDigests(text: string): string {
  return text.replace(/[0-9a-f]{32,}/g, '')
}

/** Words of the format itself, which may stand in any container whatever was left. */
const FORMAT = [
  'docs/formats/extract.md',
  'src/records/problem.ts',
  'src/records/record.ts',
  'src/scope/scope.ts',
  'src/vault/records-db.ts',
]
  .map((path) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8'))
  .join('\n')
  .toLowerCase()

function manifestPaths(envelope: string): string {
  const { payload } = JSON.parse(envelope) as { payload: string }
  const { predicate } = JSON.parse(Buffer.from(payload, 'base64').toString()) as {
    predicate: { files: { databases: { path: string }[] } }
  }
  return predicate.files.databases.map(({ path }) => path.toLowerCase()).join('\n')
}

function textsOf(record: TruthRecord): string[] {
  const { name, organisation } = record as { name?: string; organisation?: string }
  return [record.body, name, organisation, ...record.attachments.map(({ name: file }) => file)].filter(
    (text) => text !== undefined,
  )
}

function sharedMemory(): string[] {
  try {
    return readdirSync('/dev/shm')
      .filter((name) => name.startsWith('peel'))
      .map((name) => hash('sha256', name))
  } catch {
    return []
  }
}
