import { DATA_HELD, DELETED, EVIDENCE, INSTALLED, type SelfReport, WHOSE_PHONE } from '../../apps/index.ts'
import { britishDay } from '../../records/index.ts'
import { isDay } from '../../retention/index.ts'
import { mustBeValid } from '../action-error.ts'
import { askFirst } from '../allow.ts'
import { newId } from '../new-id.ts'
import { type Actor, type Ops, SERVICE_ACTOR } from '../ops.ts'

const LONGEST_NAME = 200

/** What somebody reports of an app: answers from closed lists. */
export interface ReportedApp {
  readonly app: string
  readonly installed?: SelfReport['installed']
  /** a day */
  readonly since?: string
  readonly phone?: SelfReport['phone']
  readonly data?: SelfReport['data']
  readonly deleted?: SelfReport['deleted']
  readonly evidence?: SelfReport['evidence']
  readonly told?: boolean
  readonly named?: boolean
}

/** What is missing from a report, by field. */
export function selfReportFaults(input: ReportedApp, today: string): { field: keyof ReportedApp; says: string }[] {
  const { since } = input
  const missing = (field: keyof ReportedApp, known: readonly unknown[], says: string) =>
    known.includes(input[field]) ? [] : [{ field, says }]
  return [
    ...(input.app.trim() === '' ? [{ field: 'app', says: 'Enter what the app is called' } as const] : []),
    ...(input.app.length > LONGEST_NAME ? [{ field: 'app', says: 'Use 200 characters or fewer' } as const] : []),
    ...missing('phone', WHOSE_PHONE, 'Select whose phone it is'),
    ...missing('installed', INSTALLED, 'Select whether the app is still there'),
    ...(since !== undefined && !isDay(since) ? [{ field: 'since', says: 'Enter a real date' } as const] : []),
    ...(since !== undefined && isDay(since) && since > today
      ? [{ field: 'since', says: 'The date must be in the past' } as const]
      : []),
    ...missing('data', DATA_HELD, 'Select where the app keeps anything'),
    ...missing('deleted', DELETED, 'Select whether anything was deleted'),
    ...missing('evidence', EVIDENCE, 'Select whether it may bear on an investigation'),
    ...missing('told', [true, false], 'Select whether you were told before not to use it'),
    ...missing('named', [true, false], 'Select whether you give your name'),
  ]
}

/**
 * Takes a report of an app on somebody's own phone (law rows E8, E11, E14). Without a name nobody stands in it, and nobody in its entry in the log. Gives its id,
 * by which whoever made it sees what follows. Throws ActionError NOT_ALLOWED, NOT_VALID with the field.
 */
export async function reportApp(ops: Ops, actor: Actor, input: ReportedApp): Promise<string> {
  await askFirst(ops, actor, 'app.report')
  const on = britishDay(ops.now())
  mustBeValid(selfReportFaults(input, on))
  const { app, installed, since, phone, data, deleted, evidence, told, named } = input as Required<ReportedApp>
  const id = newId(ops.random)
  await ops.journal.record({
    kind: 'self_report.made',
    actor: named ? actor.id : SERVICE_ACTOR,
    details: { report: id, named, evidence, data, deleted },
  })
  await ops.store.db
    .insertInto('self_reports')
    .values({
      id,
      on_day: on,
      person_id: named ? actor.id : null,
      app: app.trim(),
      installed,
      since: since ?? null,
      phone,
      data,
      deleted,
      evidence,
      told,
    })
    .execute()
  return id
}
