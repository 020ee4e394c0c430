import type { RequestStatus } from '../../store/index.ts'
import { allow, refused } from '../allow.ts'
import { type CustodyClock, custodyClock } from '../device/custody-clock.ts'
import type { Actor, Ops } from '../ops.ts'
import type { CaseRow } from './open-one.ts'
import { notFound } from '../action-error.ts'
import { readTimeline, type Timeline } from './read-timeline.ts'

/** A case with what there is in it. */
export interface CaseView {
  readonly case: CaseRow
  readonly officer: string
  readonly members: readonly CaseMember[]
  readonly devices: readonly CaseDevice[]
  readonly requests: readonly CaseRequest[]
  readonly extractions: readonly CaseExtraction[]
  readonly timeline: Timeline
}

export interface CaseMember {
  readonly id: string
  readonly name: string
  readonly rank: string | null
  readonly capacity: string
  readonly addedAt: Date
}

export interface CaseDevice {
  readonly id: string
  readonly exhibit: string
  readonly description: string
  readonly userRole: string
  readonly userName: string
  readonly clock: CustodyClock
}

export interface CaseRequest {
  readonly id: string
  readonly reference: string
  readonly version: number
  readonly status: RequestStatus
  readonly exhibit: string
  readonly requestedBy: string
  readonly createdAt: Date
}

export interface CaseExtraction {
  readonly id: string
  readonly reference: string
  readonly exhibit: string
  readonly state: string
  readonly queuedAt: Date
  readonly finishedAt: Date | null
}

/** Reads a whole case for somebody who may know of it. Throws ActionError NOT_FOUND for everybody else. `timelinePage` counts from 1. */
export async function readCase(ops: Ops, actor: Actor, caseId: string, timelinePage = 1): Promise<CaseView> {
  const decided = await allow(ops, actor, 'case.see', { of: 'case', id: caseId })
  if (!decided.allowed) throw refused(decided)
  const { db } = ops.store
  const now = ops.now()
  const [row, members, devices, events, requests, extractions, timeline] = await Promise.all([
    db
      .selectFrom('cases')
      .innerJoin('people', 'people.id', 'cases.opened_by')
      .selectAll('cases')
      .select('people.name as officer')
      .where('cases.id', '=', caseId)
      .executeTakeFirst(),
    db
      .selectFrom('case_members')
      .innerJoin('people', 'people.id', 'case_members.person_id')
      .select(['people.id', 'people.name', 'people.rank', 'capacity', 'added_at as addedAt'])
      .where('case_id', '=', caseId)
      .orderBy('added_at')
      .execute(),
    db
      .selectFrom('devices')
      .selectAll()
      .where('case_id', '=', caseId)
      .where('from_archive', 'is', null)
      .orderBy('created_at')
      .execute(),
    db
      .selectFrom('custody_events')
      .innerJoin('devices', 'devices.id', 'custody_events.device_id')
      .select(['custody_events.device_id', 'custody_events.kind', 'custody_events.happened_at'])
      .where('devices.case_id', '=', caseId)
      .execute(),
    db
      .selectFrom('requests')
      .innerJoin('devices', 'devices.id', 'requests.device_id')
      .innerJoin('people', 'people.id', 'requests.requested_by')
      .select([
        'requests.id',
        'requests.reference',
        'requests.version',
        'requests.status',
        'devices.exhibit',
        'people.name as requestedBy',
        'requests.created_at as createdAt',
      ])
      .where('requests.case_id', '=', caseId)
      .orderBy('requests.created_at', 'desc')
      .execute(),
    db
      .selectFrom('extractions')
      .innerJoin('requests', 'requests.id', 'extractions.request_id')
      .innerJoin('devices', 'devices.id', 'requests.device_id')
      .select([
        'extractions.id',
        'requests.reference',
        'devices.exhibit',
        'extractions.state',
        'extractions.queued_at as queuedAt',
        'extractions.finished_at as finishedAt',
      ])
      .where('requests.case_id', '=', caseId)
      .orderBy('extractions.queued_at', 'desc')
      .execute(),
    readTimeline(ops, caseId, timelinePage),
  ])
  if (row === undefined) throw notFound()
  const { officer, ...caseRow } = row
  return {
    case: caseRow,
    officer,
    members,
    devices: devices.map((device) => ({
      id: device.id,
      exhibit: device.exhibit,
      description: device.description,
      userRole: device.user_role,
      userName: device.user_name,
      clock: custodyClock({ events: events.filter((event) => event.device_id === device.id) }, now),
    })),
    requests,
    extractions,
    timeline,
  }
}
