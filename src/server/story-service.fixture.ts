import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { tellStory } from '../story/index.ts'
import { testService, type TestService } from './test-service.fixture.ts'

/** When the story ends, and the tests look at it. */
export const STORY_TIME = new Date('2026-11-20T10:00:00Z')

/** One thing of each kind, all of one case that went through everything. */
export interface StorySubjects {
  readonly case: string
  readonly device: string
  readonly request: string
  readonly extraction: string
  readonly destruction: string
  /** recordings of an archive that are to be kept for it */
  readonly keep: string
  /** who asked, decided, ran and proposed it */
  readonly whoDidIt: readonly string[]
}

/** A service in which the story has been told: cases at every stage, each done by the actions that pages use. */
export async function storyService(
  t: TestContext,
  options: Parameters<typeof testService>[1] = {},
): Promise<{ service: TestService; subjects: StorySubjects }> {
  const service = await testService(t, { ...options, kioskFolder: kioskFolder(t) })
  return { service, subjects: await tellInto(service) }
}

/** Tells the story into a service, and finds the case with a destruction. */
export async function tellInto(service: TestService): Promise<StorySubjects> {
  const tool = { name: 'peel', version: '0.0.0', commit: 'unknown' } as const
  await tellStory(service.ops, { set: service.setNow }, { tool, end: STORY_TIME })
  const row = await service.ops.store.db
    .selectFrom('destructions')
    .innerJoin('extractions', 'extractions.id', 'destructions.extraction_id')
    .innerJoin('requests', 'requests.id', 'extractions.request_id')
    .innerJoin('decisions', 'decisions.request_id', 'requests.id')
    .select([
      'requests.case_id as case',
      'requests.device_id as device',
      'requests.id as request',
      'extractions.id as extraction',
      'destructions.id as destruction',
      'requests.requested_by',
      'decisions.decided_by',
      'extractions.queued_by',
      'destructions.proposed_by',
    ])
    .where('decisions.outcome', '=', 'granted')
    .executeTakeFirst()
  assert(row, 'the story has a destruction')
  const { requested_by, decided_by, queued_by, proposed_by, ...subjects } = row
  const keep = await aKeep(service, subjects.case)
  return { ...subjects, keep, whoDidIt: [requested_by, decided_by, queued_by, proposed_by, 'dis210'] }
}

/** Recordings that dis210 proposed to keep for a case, of an archive that is closed since: rows alone, for what is asked of them by id. */
async function aKeep({ ops: { store } }: TestService, caseId: string): Promise<string> {
  const at = new Date(STORY_TIME.getTime() - 365 * 24 * 60 * 60 * 1000)
  const { id: archive } = await store.db
    .insertInto('archives')
    .values({
      title: 'An earlier archive',
      collected_as: 'earlier',
      state: 'closed',
      opened_by: 'rec300',
      opened_at: at,
      closed_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id } = await store.db
    .insertInto('recording_keeps')
    .values({
      archive_id: archive,
      case_id: caseId,
      relevance: 'They may show when the demand was made.',
      necessity: 'No other record of these calls is left.',
      item_ids: [],
      set_digest: '0'.repeat(64),
      bytes: 0,
      proposed_by: 'dis210',
      proposed_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A folder in which the story's phones are put. */
export function kioskFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'peel-kiosk-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A folder in which an archive of recordings lies that nobody has opened yet. */
export function collectedFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'peel-collected-'))
  mkdirSync(join(folder, 'negotiators'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
