import { readFileSync } from 'node:fs'
import {
  type Actor,
  grantRequest,
  type Ops,
  receiveChunk,
  beginUpload,
  startExtraction,
  LARGEST_CHUNK,
} from '../../../actions/index.ts'
import { aGrant, aSubmittedRequest, WRITTEN } from '../../../actions/decision/a-request.fixture.ts'
import type { TestService } from '../../test-service.fixture.ts'

/** A grant for one of the sample phones, made by the acts themselves, with an extraction officer in the case. */
export interface Granted {
  readonly requestId: string
  readonly caseId: string
  readonly deviceId: string
  readonly officer: Actor
  readonly investigator: Actor
}

/** What takes a while: every message of every year. */
export const EVERYTHING = [
  {
    id: 'C1',
    line_of_enquiry: 'L1',
    records: ['message', 'call', 'contact'] as const,
    between: { from: '2010-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' },
  },
]

/** Brings a request to where something may be taken. `serial`: what the device is said to be; absent, by its exhibit alone. */
export async function aGranted(
  service: TestService,
  options: { serial?: string; everything?: boolean; validUntil?: Date } = {},
): Promise<Granted> {
  const { ops } = service
  const investigator = await service.actor('pc4321')
  const officer = await service.actor('ext510')
  const document = options.everything ? { ...WRITTEN, scope: EVERYTHING } : WRITTEN
  // Devices are made with a serial of their own there: it is set before anything is served.
  const made = await withSerial(ops, options.serial, () => aSubmittedRequest(ops, investigator, { document }))
  await ops.store.db
    .insertInto('case_members')
    .values({
      case_id: made.caseId,
      person_id: 'ext510',
      capacity: 'extraction_officer',
      added_at: ops.now(),
      added_by: 'pc4321',
    })
    .execute()
  await grantRequest(ops, await service.actor('insp77'), {
    ...aGrant(made.id, ops.now()),
    ...(options.validUntil !== undefined && { validUntil: options.validUntil }),
  })
  return { requestId: made.id, caseId: made.caseId, deviceId: made.deviceId, officer, investigator }
}

/** Hands in a file in parts, as a browser does. Gives the upload's id. */
export async function handIn(ops: Ops, actor: Actor, requestId: string, path: string): Promise<string> {
  const bytes = readFileSync(path)
  const upload = await beginUpload(ops, actor, { requestId, bytes: bytes.length })
  for (let offset = 0; offset < bytes.length; offset += LARGEST_CHUNK)
    await receiveChunk(ops, actor, upload, { offset, chunk: bytes.subarray(offset, offset + LARGEST_CHUNK) })
  return upload
}

/** Hands in a file and begins. Gives the extraction's id. */
export async function begun(ops: Ops, { requestId, officer }: Granted, path: string): Promise<string> {
  const upload = await handIn(ops, officer, requestId, path)
  return startExtraction(ops, officer, { requestId, from: { upload } })
}

async function withSerial<T>({ store: { pool } }: Ops, serial: string | undefined, make: () => Promise<T>): Promise<T> {
  await pool.query(`CREATE OR REPLACE FUNCTION test_serial() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.serial := ${serial === undefined ? 'NULL' : `'${serial}'`}; RETURN NEW; END $$`)
  await pool.query(
    'CREATE OR REPLACE TRIGGER test_serial BEFORE INSERT ON devices FOR EACH ROW EXECUTE FUNCTION test_serial()',
  )
  try {
    return await make()
  } finally {
    await pool.query('DROP TRIGGER test_serial ON devices')
  }
}
