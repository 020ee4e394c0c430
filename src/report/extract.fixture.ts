import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { type Authorisation, authorise, readStatement } from '../authorisation/index.ts'
import { type Manifest, signManifest } from '../extraction/index.ts'
import { canonical, type PeelRecord, RECORD_KINDS, type RecordKind } from '../records/index.ts'
import { generateKey, openEnvelope, writeEnvelope } from '../signature/index.ts'
import { ContainerReader, ContainerWriter, readManifest } from '../vault/index.ts'
import { openManifest, verifyExtract } from '../verify/index.ts'
import { buildReport } from './build-report.ts'
import type { ReportDocument } from './document.ts'

const requester = generateKey()
const authoriser = generateKey()
const installation = generateKey()
export const identity: string = await generateX25519Identity()

const AUTHORISATION: Authorisation = {
  format: 'peel-authorisation/1',
  reference: 'A/2026/0142',
  version: 1,
  power: 'pcsc-2022-s37',
  purpose: 'crime',
  device: { exhibit: 'AB/1', user_role: 'victim', description: 'phone, black' },
  lines_of_enquiry: [
    { id: 'L1', proposition: 'the suspect arranged the meeting', why_this_device: 'the complainant says so' },
  ],
  scope: [
    { id: 'C1', line_of_enquiry: 'L1', records: ['message', 'call', 'contact', 'media_item'], attachments: true },
  ],
  necessity: 'the messages are nowhere else',
  proportionality: 'no more than the line of enquiry asks for',
  alternatives: [{ means: 'screenshots by the user', outcome: 'not practicable', reason: 'there are too many' }],
  excess_information: { risk: true, reason: 'others write in the same conversations' },
  confidential_information: { risk: false, reason: 'none is expected' },
  agreement: { by: 'user', notice_served: '2026-03-20T10:00:00Z', agreed: '2026-03-20T10:20:00Z' },
  valid: { from: '2026-03-20T12:00:00Z', until: '2036-04-20T12:00:00Z' },
  requested_by: { id: 'pc4321', name: 'A Constable', rank: 'constable' },
  authorised_by: { id: 'insp77', name: 'An Inspector', rank: 'inspector' },
}

/** What a test puts into an extract. */
export interface Contents {
  readonly records: readonly PeelRecord[]
  readonly pictures?: readonly Buffer[]
  /** records that were left, of every kind asked for, for want of the words */
  readonly left?: number
  readonly manifest?: Partial<Manifest>
}

/** A sealed extract made for a test, in a folder that `remove` takes away. Used by tests only. */
export class TestExtract {
  readonly dir: string
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
    this.dir = join(folder, 'test.peel')
  }

  static async seal({ records, pictures = [], left = 3, manifest = {} }: Contents): Promise<TestExtract> {
    const made = new TestExtract(mkdtempSync(join(tmpdir(), 'peel-report-')))
    const writer = await ContainerWriter.create(made.dir, [await identityToRecipient(identity)])
    const envelope = writeEnvelope(authorise(AUTHORISATION, requester, authoriser))
    const statement = readStatement(openEnvelope(envelope).payload)
    if ('invalid' in statement) throw new Error(statement.invalid)
    for (const record of records) await writer.addRecord(canonical(JSON.parse(JSON.stringify(record))))
    for (const picture of pictures)
      await writer.addPayload(async () => ({
        size: picture.length,
        chunks: async function* () {
          yield picture
        },
        close: async () => {},
      }))
    writer.addAbout('format', 'peel-extract/1')
    writer.addAbout('authorisation', envelope)
    const { files: contents, tree } = await writer.close()
    const asked: readonly RecordKind[] = ['message', 'call', 'contact', 'media_item']
    const counts = asked.map((kind) => {
      const taken = records.filter((record) => record.kind === kind)
      const context = taken.filter((record) => record.context).length
      return [kind, { total: taken.length + left, taken: taken.length, context, left: { keyword: left } }]
    })
    const databases = [...new Set(records.map(({ provenance }) => provenance.file))].map((path) => ({
      path,
      bytes: 4096,
      sha256: 'd'.repeat(64),
    }))
    writer.finish(
      signManifest(
        {
          format: 'peel-extract/1',
          authorisation: { reference: 'A/2026/0142', version: 1, digest: statement.digest },
          tool: { name: 'peel', version: '0.0.0', commit: 'test' },
          source: { kind: 'ios-backup', device: { model: 'iPhone15,4', os: 'ios', os_version: '17.4' } },
          files: {
            not_opened: 1200,
            opened: databases.length,
            missing: 2,
            about_source: [],
            databases,
            taken: { count: 0, bytes: 0, root: 'e'.repeat(64) },
            looked_at: { count: 0, bytes_read: 0 },
            list_root: 'f'.repeat(64),
          },
          records: Object.fromEntries(counts),
          not_asked_for: RECORD_KINDS.filter((kind) => !asked.includes(kind)),
          clauses: { C1: records.length },
          merkle: tree,
          contents,
          problems: [],
          scratch: { kind: 'memory_and_sealed_scratch' },
          started: '2026-04-01T09:00:00.000Z',
          finished: '2026-04-01T09:00:02.000Z',
          ...manifest,
        },
        installation,
      ),
    )
    return made
  }

  /** What the manifest says. */
  get manifest(): Manifest {
    const { manifest } = openManifest(readManifest(this.dir), [])
    if (manifest === undefined) throw new Error('the manifest of the test does not hold')
    return manifest
  }

  async report(): Promise<ReportDocument> {
    const { manifest } = openManifest(readManifest(this.dir), [])
    if (manifest === undefined) throw new Error('the manifest of the test does not hold')
    const reader = await ContainerReader.open(this.dir, [identity])
    try {
      return await buildReport({ reader, manifest, checks: await verifyExtract(this.dir, { trust: [] }) })
    } finally {
      reader.close()
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true })
  }
}

let made = 0

/** A message in the suspect's conversation, at the given minute of 14 March 2026. */
export function message(body: string, more: Partial<Extract<PeelRecord, { kind: 'message' }>> = {}): PeelRecord {
  const at = made++
  return {
    kind: 'message',
    id: `m${String(at).padStart(25, 'a')}`.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? ''),
    app: 'sms',
    direction: 'in',
    from: { address: '+447700900123' },
    to: [],
    thread: 't1',
    time: new Date(Date.UTC(2026, 2, 14, 18) + at * 60_000).toISOString(),
    body,
    attachments: [],
    clauses: ['C1'],
    context: false,
    provenance: { file: 'HomeDomain/Library/SMS/sms.db', wal: true, table: 'message', row: at + 1 },
    ...more,
  }
}
