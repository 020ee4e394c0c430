import { isRole } from '../../../../access/index.ts'
import {
  ActionError,
  addMember,
  MEMBER_ROLES,
  readCase,
  removeMember,
  type Ops,
  type Timeline,
} from '../../../../actions/index.ts'
import type { EventKind } from '../../../../events/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { roleTitle } from '../words.ts'

const WHY: Readonly<Record<string, string>> = {
  NO_SUCH_PERSON: 'Nobody with this staff number has signed in yet',
  NOT_THEIR_ROLE: 'They do not hold this role. Choose one of theirs',
  IS_MEMBER: 'They are in this case already',
}
/** What was done last, and of whom: the timeline knows, so that no name stands in the address. */
const DONE: Readonly<Record<string, readonly [EventKind, (name: string) => string]>> = {
  added: ['case.member_added', (name) => `${name} is in the case now.`],
  removed: ['case.member_removed', (name) => `${name} is not in the case any more.`],
}

/** Who is let into a case: need to know, one person at a time, each logged. */
export const membersRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.caseMembers,
    who: 'case.add_member',
    about: 'case',
    logs: [],
    handle: (visit) => page(visit, { person: '', capacity: '' }, []),
  },
  {
    method: 'POST',
    path: PATHS.caseMembers,
    who: 'case.add_member',
    about: 'case',
    logs: ['case.member_added'],
    handle: async (visit) => {
      const values = { person: field(visit, 'person'), capacity: field(visit, 'capacity') }
      const errors: FieldError[] = []
      if (values.person === '') errors.push({ field: 'person', text: 'Enter a staff number' })
      if (!isRole(values.capacity)) errors.push({ field: 'capacity', text: 'Choose what they do in the case' })
      if (errors.length > 0) return page(visit, values, errors)
      const caseId = visit.params['case'] ?? ''
      try {
        await addMember(visit.service.ops, visit.actor, { caseId, personId: values.person, capacity: values.capacity })
      } catch (error) {
        if (!(error instanceof ActionError) || error.code !== 'NOT_VALID') throw error
        const text = WHY[error.reason] ?? error.message
        return page(visit, values, [{ field: error.reason === 'NOT_THEIR_ROLE' ? 'capacity' : 'person', text }])
      }
      return { redirect: `${pathTo(PATHS.caseMembers, { case: caseId })}?done=added` }
    },
  },
  {
    method: 'POST',
    path: PATHS.caseMemberRemove,
    who: 'case.add_member',
    about: 'case',
    logs: ['case.member_removed'],
    handle: async (visit) => {
      const { case: caseId = '', person = '' } = visit.params
      await removeMember(visit.service.ops, visit.actor, { caseId, personId: person })
      const stillIn = person !== visit.actor.id
      return { redirect: stillIn ? `${pathTo(PATHS.caseMembers, { case: caseId })}?done=removed` : PATHS.cases }
    },
  },
]

interface Values {
  readonly person: string
  readonly capacity: string
}

async function page(visit: Visit, values: Values, errors: readonly FieldError[]): Promise<Answer> {
  const caseId = visit.params['case'] ?? ''
  const { case: row, members, timeline } = await readCase(visit.service.ops, visit.actor, caseId)
  return {
    page: 'pages/case/members/members.njk',
    status: errors.length > 0 ? 400 : 200,
    view: {
      title: `Who is in case ${row.reference}`,
      back: pathTo(PATHS.case, { case: caseId }),
      done: doneOf(visit.query['done'], timeline),
      action: pathTo(PATHS.caseMembers, { case: caseId }),
      members: members.map((member) => ({
        ...member,
        says: roleTitle(member.capacity),
        officer: member.id === row.opened_by,
        remove: pathTo(PATHS.caseMemberRemove, { case: caseId, person: member.id }),
      })),
      values,
      roles: MEMBER_ROLES.map((role) => ({ value: role, text: roleTitle(role), checked: role === values.capacity })),
      known: await peopleToAdd(visit.service.ops),
      ...errorsView(errors),
    },
  }
}

function doneOf(done: string | undefined, { entries }: Timeline): string | undefined {
  const [kind, says] = DONE[done ?? ''] ?? []
  return says?.(entries.find((entry) => entry.kind === kind)?.about ?? 'The person')
}

/** Offered while somebody types a staff number. A large force types it out. */
const MOST_OFFERED = 200

async function peopleToAdd({ store }: Ops): Promise<{ id: string; says: string }[]> {
  const people = await store.db
    .selectFrom('people')
    .select(['id', 'name', 'roles'])
    .orderBy('name')
    .limit(MOST_OFFERED)
    .execute()
  return people
    .filter(({ roles }) => roles.some((role) => isRole(role) && MEMBER_ROLES.includes(role)))
    .map(({ id, name, roles }) => ({ id, says: `${name}: ${roles.map(roleTitle).join(', ')}` }))
}
