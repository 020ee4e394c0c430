import { type EventKind, isEventKind, kindOf, openEvent } from '../../events/index.ts'
import type { Ops } from '../ops.ts'

/** One thing that happened in a case, as a person reads it. */
export interface TimelineEntry {
  /** in plain words, as the registry of events says it */
  readonly says: string
  readonly kind: EventKind
  /** which device or member it was about, where that helps */
  readonly about?: string
  readonly who: string
  readonly at: Date
  /** its place in the log; absent while it has none */
  readonly leaf?: number
}

export interface Timeline {
  readonly entries: readonly TimelineEntry[]
  readonly total: number
  readonly page: number
  readonly pages: number
}

const A_PAGE = 40

/**
 * Reads what happened in a case from what was logged of it, the newest first: the timeline and the log cannot differ (law rows B26, F9).
 * The caller has asked the policy. `page` counts from 1.
 */
export async function readTimeline({ store: { db } }: Ops, caseId: string, page = 1): Promise<Timeline> {
  const { count } = await db
    .selectFrom('statements')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  const total = Number(count)
  const pages = Math.max(1, Math.ceil(total / A_PAGE))
  const wanted = Math.min(Math.max(1, Math.trunc(page) || 1), pages)
  const rows = await db
    .selectFrom('statements')
    .leftJoin('people', 'people.id', 'statements.actor')
    .select(['kind', 'actor', 'people.name', 'happened_at', 'leaf', 'envelope'])
    .where('case_id', '=', caseId)
    .orderBy('statements.id', 'desc')
    .limit(A_PAGE)
    .offset((wanted - 1) * A_PAGE)
    .execute()
  const read = rows.map((row) => ({ ...row, details: detailsOf(row.envelope) }))
  const names = await namesOf(db, read)
  return {
    total,
    page: wanted,
    pages,
    entries: read.map(({ kind, actor, name, happened_at, leaf, details }) => ({
      kind: kind as EventKind,
      says: saysOf(kind, names.get(String(details['member']))),
      about: aboutOf(details, names),
      who: name ?? (actor === 'service' ? 'the service' : actor),
      at: happened_at,
      ...(leaf !== null && { leaf }),
    })),
  }
}

type Said = Readonly<Record<string, unknown>>

function detailsOf(envelope: string): Said {
  try {
    return openEvent(envelope, []).details
  } catch {
    // Somebody altered the database: the timeline still says that something was there, and verification says what is wrong.
    return {}
  }
}

async function namesOf(
  db: Ops['store']['db'],
  read: readonly { details: Said }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = (member: string) => [
    ...new Set(read.map(({ details }) => details[member]).filter((id) => typeof id === 'string')),
  ]
  const devices = ids('device').filter((id) => /^[0-9a-f-]{36}$/.test(id))
  const members = ids('member')
  const [exhibits, people] = await Promise.all([
    devices.length === 0
      ? []
      : db.selectFrom('devices').select(['id', 'exhibit as name']).where('id', 'in', devices).execute(),
    members.length === 0 ? [] : db.selectFrom('people').select(['id', 'name']).where('id', 'in', members).execute(),
  ])
  return new Map([...exhibits, ...people].map(({ id, name }) => [id, name]))
}

/** The log names nobody; whoever may see the case reads who it was. */
function saysOf(kind: string, member: string | undefined): string {
  if (!isEventKind(kind)) return 'Something happened that this version does not know.'
  const { says } = kindOf(kind)
  return member === undefined ? says : says.replace(/^Somebody /, `${member} `)
}

function aboutOf(details: Said, names: ReadonlyMap<string, string>): string | undefined {
  const { device, member, before, after } = details
  const name = names.get(String(device ?? member))
  if (typeof before === 'string' && typeof after === 'string') return `${name ?? ''}: ${before} before, ${after} since`
  return name
}
