import { randomBytes } from 'node:crypto'
import { ContainerWriter } from '../../vault/index.ts'
import { extractPath } from '../extraction/index.ts'
import type { Ops } from '../ops.ts'

const HEX = 'ab'.repeat(32)

/** Something that is held: a case of `pc4321`, a grant in the log, an extract that is sealed to a key of the keyring, and its row. */
export async function somethingHeld(
  ops: Ops,
  more: { child?: boolean; personRole?: string; createdOn?: string; reviewOn?: string } = {},
): Promise<{ extraction: string; caseId: string; pseudonym: string; container: string; grant: number }> {
  const { db } = ops.store
  const now = ops.now()
  const pseudonym = randomBytes(16).toString('base64url')
  const { id: caseId } = await db
    .insertInto('cases')
    .values({
      reference: `43/${randomBytes(3).toString('hex').toUpperCase()}/26`,
      pseudonym,
      offence: 'robbery',
      retention_group: '3',
      opened_at: now,
      opened_by: 'pc4321',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('case_members')
    .values({ case_id: caseId, person_id: 'pc4321', capacity: 'investigator', added_at: now, added_by: 'pc4321' })
    .execute()
  const { id: device } = await db
    .insertInto('devices')
    .values({
      case_id: caseId,
      exhibit: 'AB/1',
      description: 'a phone',
      user_role: 'victim',
      user_name: 'U',
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: request } = await db
    .insertInto('requests')
    .values({
      case_id: caseId,
      device_id: device,
      reference: `A/2026/${randomBytes(3).toString('hex')}`,
      status: 'granted',
      document: JSON.stringify({ power: 'pcsc-2022-s37', purpose: 'crime' }),
      requested_by: 'pc4321',
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { leaf: grant } = await ops.journal.record({
    kind: 'authorisation.granted',
    actor: 'insp77',
    case: { caseId, pseudonym },
    details: {
      request,
      version: 1,
      authorisation: HEX,
      requested_by: 'pc4321',
      narrowed: false,
      clauses: 1,
      valid_from: '2026-01-01T00:00:00Z',
      valid_until: '2099-01-01T00:00:00Z',
      reasons: HEX,
    },
  })
  await db
    .insertInto('decisions')
    .values({
      request_id: request,
      outcome: 'granted',
      necessity: 'n',
      proportionality: 'p',
      decided_by: 'insp77',
      decided_at: now,
      digest: HEX,
      leaf: grant,
    })
    .execute()
  const { id: extraction } = await db
    .insertInto('extractions')
    .values({
      request_id: request,
      state: 'sealed',
      source: '{}',
      queued_by: 'ext510',
      queued_at: now,
      result: JSON.stringify({ root: HEX, records: { message: { total: 5, taken: 1, left: { time: 4 } } } }),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const container = extractPath(ops, extraction)
  const writer = await ContainerWriter.create(container, [await ops.keyring.createExtractKey(extraction)])
  await writer.addRecord('{"app":"sms","attachments":[],"context":false,"id":"a","kind":"call","to":[]}')
  await writer.close()
  writer.finish('{}')
  await db
    .insertInto('holdings')
    .values({
      extraction_id: extraction,
      case_id: caseId,
      object_class: 'raw_extract',
      retention_group: '3',
      person_role: more.personRole ?? 'victim',
      child: more.child ?? false,
      created_on: more.createdOn ?? '2026-01-01',
      review_on: more.reviewOn ?? '2026-04-01',
      owner_id: 'pc4321',
    })
    .execute()
  return { extraction, caseId, pseudonym, container, grant }
}
