import type { Match } from '../match/match.ts'
import { because, type Reason, type ReasonCode } from '../match/reason.ts'
import { mark } from './mark.ts'

/** What one decision settled of one item: what whoever decided saw, and nothing that came later. */
export interface Release {
  /** id of the decision */
  readonly id: string
  /** id of the item */
  readonly item: string
  readonly codes: readonly ReasonCode[]
  /** marks of the targets that those codes had: another case under the same code is not settled */
  readonly targets: readonly string[]
}

/**
 * The codes that a release may settle: a closed list. What is not known may be settled by whoever has looked for it and weighs what is left; what an owner
 * said, and a case of whoever held the phone that is over, by whoever answers for disclosure; a protected number after the route for such material.
 *
 * Never: `live_case` and `hold`, which end where they were made, in the case or by lifting; `operation`, whose recordings were lawful and are kept under it;
 * and `operation_possible`, because what makes it uncertain is a register that can be put right, and what may have been lawful is not destroyed on a
 * doubt. Own cases that are live have `live_case` beside them, and stay by that.
 */
const RELEASABLE: ReadonlySet<ReasonCode> = new Set([
  'own_case',
  'protected_number',
  'owner_evidence',
  'owner_confidential',
  'owner_operation',
  'owner_unclear',
  'number_unknown',
  'number_unclear',
  'time_unknown',
  'holder_unknown',
  'holder_disputed',
  'holder_unsure',
  'damaged',
  'no_audio',
  'sources_disagree',
  'bill_disagrees',
  'bill_ambiguous',
  'copies_disagree',
  'copy_unclear',
  'likely_copy_tied',
  'released',
] satisfies ReasonCode[])

/** The codes for which the route for privileged and confidential material is followed first (law row E15). */
const BY_THE_ROUTE: ReadonlySet<string> = new Set(['protected_number', 'owner_confidential'] satisfies ReasonCode[])

/** Whether a release may settle a reason with this code. */
export function mayBeReleased(code: string): boolean {
  return RELEASABLE.has(code as ReasonCode)
}

/** Whether a reason with this code is settled only after the route for privileged and confidential material. */
export function needsPrivilegedRoute(code: string): boolean {
  return BY_THE_ROUTE.has(code)
}

/** What a release of all these reasons settles. `key` is that of the archive's marks. */
export function settling(reasons: readonly Reason[], key: Uint8Array): Pick<Release, 'codes' | 'targets'> {
  return {
    codes: reasons.map(({ code }) => code),
    targets: reasons.flatMap((reason) => targetsOf(reason, key)),
  }
}

function targetsOf({ code, targets }: Reason, key: Uint8Array): string[] {
  return targets.map((target) => mark(key, 'target', `${code}\0${target}`))
}

/**
 * What was found, after what people have released: an item is of class E with the reason `released` where one release of it, or of an exact copy of it,
 * settles every reason that it has, each with its targets, and each of those that may be settled. What is likely another copy of something goes only
 * where that goes as well. Copies follow. Everything else stays as it was found: releases never tie, and never free what has a reason that they
 * do not name. `releases` are those in force: the newest decision of each item. `key` is that of the archive's marks. Law row E14.
 */
export function applyReleases(matches: readonly Match[], releases: readonly Release[], key: Uint8Array): Match[] {
  const ofGroup = groupsOf(matches, releases)
  const settled = new Map<string, string>()
  const settle = (these: readonly Match[]) => {
    for (const match of these) {
      const by = ofGroup.get(match.item.id)?.find((release) => settles(release, match.reasons, key))
      if (by !== undefined) settled.set(match.item.id, by.id)
    }
  }
  const tied = matches.filter((match) => match.class !== 'E' && match.class !== 'F' && ofGroup.has(match.item.id))
  const likely = Object.groupBy(tied, ({ reasons }) => (likelyTargets(reasons) === undefined ? 'alone' : 'likely'))
  settle(likely.alone ?? [])
  // What a rule ties is no reason of itself for being a likely copy: these are settled by now, or stay.
  settle((likely.likely ?? []).filter(({ reasons }) => likelyTargets(reasons)?.every((one) => settled.has(one))))
  return matches.map((match) => {
    const released = settled.get(match.follows?.id ?? match.item.id)
    if (released === undefined) return match
    if (match.follows !== undefined) return { ...match, follows: { ...match.follows, class: 'E' }, released }
    return { ...match, class: 'E', reasons: [...match.reasons, because('released')], released }
  })
}

/** Releases by what they are of: of a copy they are of what it follows, which has the same bytes and every tie of it. */
function groupsOf(matches: readonly Match[], releases: readonly Release[]): Map<string, Release[]> {
  const ofItem = Map.groupBy(releases, ({ item }) => item)
  const found = new Map<string, Release[]>()
  for (const { item, follows } of ofItem.size === 0 ? [] : matches) {
    const theirs = ofItem.get(item.id)
    if (theirs === undefined) continue
    const id = follows?.id ?? item.id
    found.set(id, [...(found.get(id) ?? []), ...theirs])
  }
  return found
}

function settles({ codes, targets }: Release, reasons: readonly Reason[], key: Uint8Array): boolean {
  return reasons.every(
    (reason) =>
      mayBeReleased(reason.code) &&
      codes.includes(reason.code) &&
      targetsOf(reason, key).every((one) => targets.includes(one)),
  )
}

function likelyTargets(reasons: readonly Reason[]): readonly string[] | undefined {
  return reasons.find(({ code }) => code === 'likely_copy_tied')?.targets
}
