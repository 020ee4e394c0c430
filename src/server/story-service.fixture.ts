import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
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
  return { ...subjects, whoDidIt: [requested_by, decided_by, queued_by, proposed_by] }
}

/** A folder in which the story's phones are put. */
export function kioskFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'peel-kiosk-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
