import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Ops, runExtraction } from '../../../actions/index.ts'
import type { PeelRecord } from '../../../records/index.ts'
import { makeSample } from '../../../sample/index.ts'
import { ContainerReader, sealText } from '../../../vault/index.ts'
import type { TestService } from '../../test-service.fixture.ts'
import { aGranted, begun } from '../extraction/granted.fixture.ts'

export const RUN = {
  tool: { name: 'peel', version: '0.0.0', commit: 'test' },
  ending: new AbortController().signal,
} as const

/** A sealed extract of a sample phone with records that were set apart as excess, and decided to go. */
export interface APart {
  readonly extraction: string
  readonly caseId: string
  readonly requestId: string
  readonly container: string
  readonly gone: readonly string[]
  readonly kept: readonly string[]
}

/** Makes it by the acts themselves; only what somebody tags, writes and decides at review is put there as they leave it. */
export async function aPart(t: TestContext, service: TestService): Promise<APart> {
  const { ops } = service
  const folder = mkdtempSync(join(tmpdir(), 'peel-part-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const { phone } = await makeSample('android-backup', folder, { messages: 120 })
  const granted = await aGranted(service, { everything: true })
  await ops.store.db
    .insertInto('case_members')
    .values(
      (['rev200 reviewer', 'dis210 disclosure_officer'] as const).map((member) => {
        const [person_id = '', capacity = ''] = member.split(' ')
        return { case_id: granted.caseId, person_id, capacity, added_at: ops.now(), added_by: 'pc4321' }
      }),
    )
    .execute()
  const extraction = await begun(ops, granted, phone)
  await runExtraction(ops, extraction, RUN)
  const ids = (await recordsIn(ops, extraction)).map(({ id }) => id)
  const [first = '', ...rest] = ids
  const gone = [first, ...rest.splice(3, 2)].sort()
  await ops.store.db
    .insertInto('tags')
    .values([
      ...gone.map((record_id) => ({
        extraction_id: extraction,
        record_id,
        tag: 'excess' as const,
        person_id: 'rev200',
        tagged_at: ops.now(),
        decided: 'destroy' as const,
        decided_by: 'dis210',
        decided_at: ops.now(),
      })),
      {
        extraction_id: extraction,
        record_id: rest[0] ?? '',
        tag: 'relevant' as const,
        person_id: 'rev200',
        tagged_at: ops.now(),
      },
    ])
    .execute()
  const recipient = [await ops.keyring.recipientOf(extraction)]
  await ops.store.db
    .insertInto('notes')
    .values(
      await Promise.all(
        [first, rest[0] ?? ''].map(async (record_id) => ({
          extraction_id: extraction,
          record_id,
          kind: 'fact' as const,
          sealed: await sealText(`about ${record_id}`, recipient),
          person_id: 'rev200',
          written_at: ops.now(),
        })),
      ),
    )
    .execute()
  await ops.store.db
    .insertInto('searches')
    .values({
      extraction_id: extraction,
      person_id: 'rev200',
      compartment: 'main',
      sealed: await sealText('{"words":"harbour","within":""}', recipient),
      found: 1,
      searched_at: ops.now(),
    })
    .execute()
  const { caseId, requestId } = granted
  return { extraction, caseId, requestId, container: join(ops.extractsFolder, `${extraction}.peel`), gone, kept: rest }
}

/** What stands in an extract, opened with the key that the keyring has for it. */
export function recordsIn({ keyring, extractsFolder }: Ops, extraction: string): Promise<PeelRecord[]> {
  return keyring.useExtractIdentity(extraction, async (identity) => {
    const reader = await ContainerReader.open(join(extractsFolder, `${extraction}.peel`), [identity])
    try {
      return [...reader.records()].map(({ json }) => JSON.parse(json) as PeelRecord)
    } finally {
      reader.close()
    }
  })
}

/** An opening that is live, as `openExtract` leaves it in another process. */
export async function anOpening({ store, now }: Ops, extraction: string): Promise<string> {
  const at = now()
  const { id } = await store.db
    .insertInto('openings')
    .values({
      extraction_id: extraction,
      person_id: 'rev200',
      purpose: 'line-of-enquiry',
      opened_at: at,
      ends_at: new Date(at.getTime() + 600_000),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
