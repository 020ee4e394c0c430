import type { Selectable } from 'kysely'
import { dayOf, type Holding } from '../../retention/index.ts'
import type { CasesTable, DevicesTable } from '../../store/index.ts'

/** What a device's user is in a case, as the schedule tells people apart. */
const ROLES: Readonly<Record<string, Holding['personRole']>> = {
  victim: 'victim',
  witness: 'witness',
  suspect: 'suspect',
  convicted: 'suspect',
}

/** An extract that is made at `now`, or would be, as retention sees it. Whoever opened the case answers for it. */
export function newExtract(
  id: string,
  about: Pick<Selectable<CasesTable>, 'retention_group' | 'opened_by'>,
  device: Pick<Selectable<DevicesTable>, 'user_role' | 'user_is'>,
  now: Date,
): Holding {
  return {
    id,
    objectClass: 'raw_extract',
    group: about.retention_group as Holding['group'],
    personRole: ROLES[device.user_role] ?? 'other',
    child: device.user_is === 'child',
    created: dayOf(now),
    relevance: 'undecided',
    evidence: false,
    holds: [],
    owner: about.opened_by,
  }
}
