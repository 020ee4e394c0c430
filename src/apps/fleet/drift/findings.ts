import type { Reason } from '../../reason.ts'
import { type Instant, inOrder, latest } from '../instant.ts'
import type { Held, Holdings } from './fleet-state.ts'
import {
  type Charge,
  type FindingKind,
  Judge,
  type ReasonCode,
  type Rules,
  FINDING_REASONS,
  SEVERITIES,
  type Severity,
} from './judge.ts'

/** One thing that is wrong with one app on one phone. */
export interface Finding {
  readonly device: string
  /** the app's platform and id, or its name where there is none: `android com.example.radio`, `ios name:radio` */
  readonly app: string
  readonly kind: FindingKind
  readonly severity: Severity
  /** never empty, in the order of their codes */
  readonly reasons: readonly Reason[]
  readonly firstSeen: Instant
  /** since when it was wrong, as far as is known: first seen, or ruled out while it was there */
  readonly wrongSince: Instant
  /** from when at the earliest it can have been wrong; absent: nobody looked before */
  readonly notBefore?: Instant
}

export interface Comparison {
  /** by device, app and kind */
  readonly findings: readonly Finding[]
  /** installs of apps in the catalogue whose signers could not be compared, for want of digests of one kind */
  readonly signersNotCompared: number
}

/** Compares all that phones hold with the rules, at a time. Pure, and the same whatever the order of anything given. */
export function compareFleet(holdings: Holdings, rules: Rules, at: Instant): Comparison {
  const judge = new Judge(rules)
  const found: Finding[] = []
  let signersNotCompared = 0
  for (const [device, reports] of holdings.devices) {
    const own = new Map<string, { charge: Charge; held: Held }[]>()
    for (const { held } of reports)
      for (const one of held) {
        if (judge.comparesSigners(one.install) === false) signersNotCompared++
        for (const charge of judge.charges(one.install, at)) {
          const key = `${charge.kind} ${judge.keyOf(one.install)}`
          const list = own.get(key)
          if (list === undefined) own.set(key, [{ charge, held: one }])
          else list.push({ charge, held: one })
        }
      }
    for (const list of own.values()) found.push(merged(device, judge.keyOf(list[0]!.held.install), list))
  }
  return {
    findings: found.sort((a, b) => inOrder(a.device, b.device) || inOrder(a.app, b.app) || inOrder(a.kind, b.kind)),
    signersNotCompared,
  }
}

/** What several copies or sources say of one thing: the gravest, all reasons, the earliest times. */
function merged(device: string, app: string, list: readonly { charge: Charge; held: Held }[]): Finding {
  const severity = Math.max(...list.map(({ charge }) => SEVERITIES.indexOf(charge.severity)))
  const codes = new Set<ReasonCode>(list.flatMap(({ charge }) => charge.reasons))
  const least = (times: readonly Instant[]) => times.reduce((a, b) => (b < a ? b : a))
  const bounds = list.map(({ charge, held }) => {
    const known = held.said ? held.firstSeen : held.absentAt
    const ruled = charge.ruledSince
    // What was ruled out after it was there was wrong from then, whenever it came.
    if (known === undefined) return ruled !== undefined && ruled >= held.firstSeen ? ruled : undefined
    return latest(known, ruled)
  })
  return {
    device,
    app,
    kind: list[0]!.charge.kind,
    severity: SEVERITIES[severity]!,
    reasons: [...codes].sort(inOrder).map((code) => ({ code, ...FINDING_REASONS[code] })),
    firstSeen: least(list.map(({ held }) => held.firstSeen)),
    wrongSince: least(list.map(({ charge, held }) => latest(held.firstSeen, charge.ruledSince))),
    ...(bounds.includes(undefined) ? {} : { notBefore: least(bounds.filter((one) => one !== undefined)) }),
  }
}
