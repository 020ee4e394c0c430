import { type Act, ACTS } from './acts.ts'
import { mayHoldTogether } from './hold-together.ts'
import type { Person, Where } from './person.ts'
import { POLICY, type Rule } from './policy.ts'
import { AUTHORISING_RANKS, isRankListed, SENIOR_RANKS } from './rank.ts'
import { type Role, ROLES, roleEntry } from './roles.ts'
import { isEntitled } from './schedule3.ts'
import { isApart, SEPARATIONS } from './separations.ts'

/** Why somebody may not. Stable: pages, metrics and the log speak of them. */
export const DENIALS = [
  'ROLES_CONFLICT',
  'NOT_YOUR_ROLE',
  'NOT_YOUR_CASE',
  'SAME_PERSON',
  'RANK',
  'NOT_ENTITLED',
  'FALLBACK_ADULT',
  'UNKNOWN',
  'STEP_UP',
] as const
export type Denial = (typeof DENIALS)[number]

/** The answer to one question: yes, or no with a code and a sentence for the person. */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: Denial; readonly says: string }

const YES: Verdict = { allowed: true }

/**
 * Says whether a person may do something, here and now. Denies by default. The order is part of the answer: `STEP_UP` comes last,
 * so that whoever is told to prove who they are will be let through when they have.
 */
export function may(person: Person, act: Act, where: Where): Verdict {
  const together = mayHoldTogether(person.roles)
  if (!together.allowed)
    return no('ROLES_CONFLICT', `${together.says} Until that is put right you may do nothing here.`)
  if (!Object.hasOwn(POLICY, act)) return no('NOT_YOUR_ROLE', 'There is no such act.')
  const rule = POLICY[act]
  return (
    byRole(person, act, rule, where) ??
    bySeparation(person, rule, where) ??
    byRank(person, rule, where) ??
    bySchedule3(person, rule, where) ??
    byResponsibleAdult(person, act, where) ??
    (rule.stepUp && !where.stepUp ? no('STEP_UP', `Prove again that it is you, ${purpose(act)}.`) : YES)
  )
}

/** Who may do something at all, as `may` answers it: with need to know, and without. */
export function whoMay(act: Act): { readonly members: readonly Role[]; readonly anyone: readonly Role[] } {
  const { members = [], anyone = [] } = POLICY[act]
  return { members, anyone }
}

/** Whether any of a person's roles could ever allow an act. For menus: what it leaves out is never allowed, what it shows may be refused. */
export function couldEver(person: Person, act: Act): boolean {
  const { members, anyone } = whoMay(act)
  return (
    mayHoldTogether(person.roles).allowed &&
    person.roles.some((role) => members.includes(role) || anyone.includes(role))
  )
}

function byRole(person: Person, act: Act, rule: Rule, where: Where): Verdict | undefined {
  const { members = [], anyone = [] } = rule
  if (person.roles.some((role) => anyone.includes(role))) return undefined
  if (person.roles.some((role) => members.includes(role)))
    return where.memberOf
      ? undefined
      : no('NOT_YOUR_CASE', `You are not a member of this case. Ask its officer, ${purpose(act)}.`)
  const titles = ROLES.filter(({ id }) => members.includes(id) || anyone.includes(id)).map(({ id }) =>
    roleEntry(id).title.toLowerCase(),
  )
  return no('NOT_YOUR_ROLE', `You may not ${ACTS[act]}. Who may: ${titles.join(', ')}.`)
}

function bySeparation(person: Person, rule: Rule, where: Where): Verdict | undefined {
  for (const id of rule.apart ?? []) {
    const found = isApart(id, person.id, where)
    if (found === 'together') return no('SAME_PERSON', SEPARATIONS[id].says)
    if (found === 'unknown') return no('UNKNOWN', 'It is not recorded who did what before, so this cannot go on.')
  }
  return undefined
}

function byRank(person: Person, rule: Rule, where: Where): Verdict | undefined {
  if (rule.seniorRank && !isRankListed(person.rank ?? '', where.seniorRanks ?? SENIOR_RANKS))
    return no('RANK', 'Your rank may not decide on this. By default a superintendent or above may.')
  if (!rule.rank || isRankListed(person.rank ?? '', where.authorisingRanks ?? AUTHORISING_RANKS)) return undefined
  return no('RANK', 'Your rank may not decide on a request. By default an inspector or above may.')
}

function bySchedule3(person: Person, rule: Rule, where: Where): Verdict | undefined {
  if (!rule.schedule3) return undefined
  if (where.purpose === undefined)
    return no('UNKNOWN', 'It is not recorded for what the power is used, so this cannot go on.')
  if (isEntitled(person.schedule3, where.purpose)) return undefined
  return no('NOT_ENTITLED', 'Schedule 3 to the Act does not list you for this purpose.')
}

// PCSC Act 2022 s.38(3)(b), (8)(f): the adult of last resort may not be somebody who could use the power.
function byResponsibleAdult(person: Person, act: Act, where: Where): Verdict | undefined {
  if (act !== 'agreement.record' || where.responsibleAdult === undefined) return undefined
  if (!where.responsibleAdult.authorisedPerson && where.responsibleAdult.id !== person.id) return undefined
  return no('FALLBACK_ADULT', 'The responsible adult may not be somebody who could use the power themselves.')
}

function purpose(act: Act): string {
  return `in order to ${ACTS[act]}`
}

function no(code: Denial, says: string): Verdict {
  return { allowed: false, code, says }
}
