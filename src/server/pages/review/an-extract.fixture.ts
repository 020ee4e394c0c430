import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openSource } from '../../../acquisition/index.ts'
import { newPseudonym } from '../../../events/index.ts'
import { extract, signManifest } from '../../../extraction/index.ts'
import { canonical, type PeelRecord, recordId } from '../../../records/index.ts'
import { makeSample } from '../../../sample/index.ts'
import type { Scope } from '../../../scope/index.ts'
import { ContainerWriter } from '../../../vault/index.ts'
import type { TestService } from '../../test-service.fixture.ts'

/** A sealed extract that is held, with everybody who may read it in its case. */
export interface AnExtract {
  readonly extraction: string
  readonly caseId: string
  readonly requestId: string
  readonly pseudonym: string
  /** index in the log of the grant */
  readonly leaf: number
}

/** What came from the phone: a sample phone as `extract` takes it, or records made for the test. */
export type From =
  | { readonly messages: number; readonly scope?: Scope }
  | { readonly records: readonly PeelRecord[]; readonly files?: readonly Buffer[] }

export const LINES = [
  {
    id: 'L1',
    proposition: 'The suspect arranged to meet the complainant on 7 March.',
    why_this_device: 'The complainant says that the arrangement was made by message on this phone.',
  },
]

/** Everything that a sample phone holds, as one clause; the suspect of the story is named by it. */
export const EVERYTHING: Scope = [
  {
    id: 'C1',
    line_of_enquiry: 'L1',
    records: ['message', 'call', 'contact', 'media_item'],
    attachments: true,
  },
]

const MEMBERS = [
  ['pc4321', 'investigator'],
  ['ext510', 'extraction_officer'],
  ['rev200', 'reviewer'],
  ['dis210', 'disclosure_officer'],
  ['csl900', 'counsel'],
] as const

/** Makes it in the same way as an extraction leaves it. */
export async function anExtract(
  t: TestContext,
  { ops }: TestService,
  from: From = { messages: 300 },
): Promise<AnExtract> {
  const { db } = ops.store
  const at = ops.now()
  const pseudonym = newPseudonym(ops.random)
  const scope = 'scope' in from && from.scope ? from.scope : EVERYTHING
  const { id: caseId } = await db
    .insertInto('cases')
    .values({
      reference: `C/${pseudonym.slice(0, 8)}`,
      pseudonym,
      offence: 'Harassment',
      retention_group: '2',
      opened_at: at,
      opened_by: 'pc4321',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('case_members')
    .values(
      MEMBERS.map(([person_id, capacity]) => ({
        case_id: caseId,
        person_id,
        capacity,
        added_at: at,
        added_by: 'pc4321',
      })),
    )
    .execute()
  const { id: deviceId } = await db
    .insertInto('devices')
    .values({
      case_id: caseId,
      exhibit: 'AH/1',
      description: 'phone, black',
      user_role: 'victim',
      user_name: 'Mina Okoro',
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: requestId } = await db
    .insertInto('requests')
    .values({
      case_id: caseId,
      device_id: deviceId,
      reference: `T/2026/${pseudonym.slice(0, 6)}`,
      status: 'granted',
      document: JSON.stringify({ power: 'pcsc-2022-s37', purpose: 'crime', lines_of_enquiry: LINES, scope }),
      requested_by: 'pc4321',
      created_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { leaf } = await ops.journal.record({
    kind: 'authorisation.granted',
    actor: 'insp77',
    case: { caseId, pseudonym },
    details: {
      request: requestId,
      version: 1,
      authorisation: '0'.repeat(64),
      requested_by: 'pc4321',
      narrowed: false,
      clauses: 1,
      valid_from: at.toISOString(),
      valid_until: new Date(at.getTime() + 86_400_000).toISOString(),
      reasons: '0'.repeat(64),
    },
  })
  await db
    .insertInto('decisions')
    .values({
      request_id: requestId,
      outcome: 'granted',
      necessity: 'n',
      proportionality: 'p',
      decided_by: 'insp77',
      decided_at: at,
      envelope: '',
      digest: '0'.repeat(64),
      valid_until: new Date(at.getTime() + 86_400_000),
      leaf,
    })
    .execute()
  const extraction = randomUUID()
  await db
    .insertInto('extractions')
    .values({
      id: extraction,
      request_id: requestId,
      state: 'sealed',
      source: '{}',
      queued_by: 'ext510',
      queued_at: at,
      started_at: at,
      finished_at: at,
      result: '{}',
    })
    .execute()
  const recipient = await ops.keyring.createExtractKey(extraction)
  const out = join(ops.extractsFolder, `${extraction}.peel`)
  if ('records' in from) await written(out, recipient, from)
  else await taken(t, out, recipient, scope, from.messages, ops)
  await db
    .insertInto('holdings')
    .values({
      extraction_id: extraction,
      case_id: caseId,
      object_class: 'raw_extract',
      retention_group: '2',
      person_role: 'victim',
      child: false,
      created_on: '2026-11-22',
      review_on: '2027-11-22',
      owner_id: 'pc4321',
    })
    .execute()
  return { extraction, caseId, requestId, pseudonym, leaf }
}

async function taken(
  t: TestContext,
  out: string,
  recipient: string,
  scope: Scope,
  messages: number,
  ops: TestService['ops'],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-review-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const { phone } = await makeSample('ios-files', folder, { messages, seed: 'review' })
  const source = await openSource(phone)
  const key = await ops.keyring.signingKey('installation')
  try {
    await extract({
      source,
      grant: { reference: 'T/2026/0001', version: 1, digest: '0'.repeat(64), scope, envelope: '' },
      recipients: [recipient],
      out,
      tool: { name: 'peel', version: '0.0.0', commit: 'test' },
      sign: (manifest) => signManifest(manifest, key),
      clock: () => ops.now().getTime(),
    })
  } finally {
    await source.close()
  }
}

async function written(
  out: string,
  recipient: string,
  { records, files = [] }: { readonly records: readonly PeelRecord[]; readonly files?: readonly Buffer[] },
): Promise<void> {
  const writer = await ContainerWriter.create(out, [recipient])
  for (const record of records) await writer.addRecord(canonical(JSON.parse(JSON.stringify(record))))
  for (const file of files)
    await writer.addPayload(async () => ({
      size: file.length,
      chunks: async function* () {
        yield file
      },
      close: async () => {},
    }))
  await writer.close()
  writer.finish('{}')
}

let made = 0

/** A message of a test, a minute after the one before. */
export function message(body: string, more: Partial<Extract<PeelRecord, { kind: 'message' }>> = {}): PeelRecord {
  const row = ++made
  const provenance = { file: 'HomeDomain/Library/SMS/sms.db', wal: false, table: 'message', row }
  return {
    kind: 'message',
    id: recordId('message', provenance),
    app: 'sms',
    direction: 'in',
    from: { address: '+447700900123', name: 'Dan Reeve' },
    to: [],
    thread: 't1',
    time: new Date(Date.UTC(2026, 2, 7, 18) + row * 60_000).toISOString(),
    body,
    attachments: [],
    clauses: ['C1'],
    context: false,
    provenance,
    ...more,
  }
}
