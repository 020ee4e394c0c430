import type { Random } from '../random.ts'
import { DRAMA_NUMBERS, dramaNumber } from './drama-numbers.ts'

const DAY = 86_400_000
/** The years in which the recorder ran. */
export const FROM = Date.UTC(2016, 0, 4)
export const UNTIL = Date.UTC(2020, 0, 6)

/** A phone of the force, and who had it. */
export interface Phone {
  readonly id: string
  readonly number: string
  readonly holders: readonly { readonly holder: string; readonly from: number; readonly to: number }[]
  readonly recorder: string
}

export interface Deployment {
  readonly id: string
  readonly people: readonly string[]
  readonly from: number
  readonly to: number
}

export interface CaseFile {
  readonly id: string
  readonly live: boolean
  readonly oic: string
  readonly team: readonly string[]
  readonly parties: readonly string[]
  readonly from: number
  readonly to: number
}

export interface Hold {
  readonly id: string
  readonly number: string
}

/** A force whose phones recorded calls, and its registers. */
export interface Force {
  readonly phones: readonly Phone[]
  readonly operations: readonly Deployment[]
  readonly cases: readonly CaseFile[]
  readonly holds: readonly Hold[]
  readonly protectedNumbers: readonly { readonly number: string; readonly kind: string }[]
  /** people who stand in no register */
  readonly strangers: readonly string[]
}

/** Everybody’s number belongs to one group alone, so that a tie is never there by accident. */
interface Groups {
  readonly phones: readonly string[]
  readonly parties: readonly string[]
  readonly closed: readonly string[]
  readonly protectedNumbers: readonly string[]
  readonly held: readonly string[]
  readonly strangers: readonly string[]
}

/** Makes a force with so many phones and cases. */
export function makeForce(phones: number, cases: number, random: Random): Force {
  const groups = grouped(phones)
  const made = Array.from({ length: phones }, (_, n) => phone(n, groups.phones[n] as string, random))
  const holders = made.flatMap((one) => one.holders)
  const kinds = ['solicitor', 'member_of_parliament', 'helpline', 'health']
  return {
    phones: made,
    operations: Array.from({ length: Math.max(2, Math.round(phones / 6)) }, (_, n) => deployment(n, holders, random)),
    cases: Array.from({ length: cases }, (_, n) => caseFile(n, groups, holders, random)),
    holds: groups.held
      .slice(0, Math.max(1, Math.round(phones / 20)))
      .map((number, n) => ({ id: `HOLD-${n + 1}`, number })),
    protectedNumbers: groups.protectedNumbers.map((number, n) => ({ number, kind: kinds[n % kinds.length] as string })),
    strangers: groups.strangers,
  }
}

function grouped(phones: number): Groups {
  const all = Array.from({ length: DRAMA_NUMBERS }, (_, n) => dramaNumber((n * 7919) % DRAMA_NUMBERS))
  let at = 0
  const next = (many: number) => all.slice(at, (at += many))
  return {
    phones: next(phones),
    parties: next(3_000),
    closed: next(3_000),
    protectedNumbers: next(100),
    held: next(60),
    strangers: next(4_000),
  }
}

function phone(n: number, number: string, random: Random): Phone {
  const handed = random.chance(0.15) ? FROM + Math.floor((UNTIL - FROM) * (0.3 + 0.4 * random.next())) : undefined
  const [first, second] = [`P${String(1000 + n * 2)}`, `P${String(1001 + n * 2)}`]
  const holders =
    handed === undefined
      ? [{ holder: first, from: FROM, to: UNTIL }]
      : [
          { holder: first, from: FROM, to: dayOf(handed) },
          { holder: second, from: dayOf(handed), to: UNTIL },
        ]
  const recorder = random.pick([
    'acr',
    'acr',
    'acr-phone',
    'cube',
    'bcr',
    'samsung',
    'xiaomi',
    'huawei',
    'lineage',
    'lg',
  ])
  return { id: `SP-${String(n + 1).padStart(4, '0')}`, number, holders, recorder }
}

function dayOf(at: number): number {
  return at - (at % DAY)
}

type Holder = Phone['holders'][number]

function deployment(n: number, holders: readonly Holder[], random: Random): Deployment {
  const first = random.pick(holders)
  const from = first.from + DAY + random.below(Math.max(1, first.to - first.from - 12 * DAY))
  return {
    id: `OP-${n + 1}`,
    people: [first.holder],
    from: from - (from % 60_000),
    to: from - (from % 60_000) + (1 + random.below(8)) * DAY,
  }
}

function caseFile(n: number, groups: Groups, holders: readonly Holder[], random: Random): CaseFile {
  const live = random.chance(0.3)
  const pool = live ? groups.parties : groups.closed
  const oic = random.pick(holders)
  const from = dayOf(oic.from + random.below(Math.max(1, oic.to - oic.from - 100 * DAY)))
  return {
    id: `43${String(n).padStart(8, '0')}`,
    live,
    oic: oic.holder,
    team: random.chance(0.5) ? [random.pick(holders).holder] : [],
    parties: Array.from({ length: 1 + random.below(3) }, () => random.pick(pool)),
    from,
    to: from + (20 + random.below(80)) * DAY,
  }
}
