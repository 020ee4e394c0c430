import { type Expression, sql } from 'kysely'
import {
  ADULT,
  type Agreeing,
  type AgreeingVerdict,
  type Ladder,
  type MayAgree,
  mayThisPersonAgree,
  whoMayAgree,
} from '../../notice/index.ts'
import type { Store } from '../../store/index.ts'
import { userIs, type WholeRequest } from '../whole-request.ts'

const NEAR: readonly Agreeing[] = ['parent-or-guardian', 'care-authority', 'social-worker', 'attorney', 'deputy']

/** Everybody who could come to be asked, nearest first; the responsible adult last, who may be asked only where none of the others can be reached. */
export function whoMayBeAsked(whole: WholeRequest): readonly MayAgree[] {
  const near = ladder(whole, NEAR).may
  return near.some(({ by }) => by === 'user') ? near : [...near, ...ladder(whole, ['responsible-adult']).may]
}

/** What was found out about whoever agrees. */
export interface Agreed {
  readonly by: Agreeing
  /** whole years */
  readonly age?: number
  /** may use the power themselves, or is another of the police: as they say, or as the list of staff has it */
  readonly authorisedPerson: boolean
  /** the document by which they act, or their registration; as it is recorded */
  readonly authority?: string
}

/** Whether this person may agree, by PCSC Act 2022 s.38 (law rows B11, B14, H2). */
export function mayAgree(whole: WholeRequest, person: Agreed): AgreeingVerdict {
  const seen = (person.authority ?? '').trim() !== ''
  return mayThisPersonAgree(
    {
      by: person.by,
      age: person.age,
      authorisedPerson: person.authorisedPerson,
      documentSeen: seen,
      registrationSeen: seen,
    },
    // Whoever is asked last was asked because nobody nearer could be reached: why is recorded with the agreement.
    ladder(whole, person.by === 'responsible-adult' ? ['responsible-adult'] : NEAR),
  )
}

/** Whether the service's own list of people has somebody of this name who may use the power: the check of law row B11. */
export async function isOfTheForce({ db }: Store, name: string): Promise<boolean> {
  const plain = (text: Expression<string>) => sql<string>`lower(regexp_replace(trim(${text}), '\\s+', ' ', 'g'))`
  const found = await db
    .selectFrom('people')
    .select('id')
    .where(({ ref }) => sql<boolean>`${plain(ref('name'))} = ${plain(sql.val(name))}`)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

function ladder(whole: WholeRequest, available: readonly Agreeing[]): Ladder {
  const is = userIs(whole)
  return whoMayAgree({
    age: is === 'child' ? ADULT - 1 : ADULT,
    capacity: is === 'adult-without-capacity' ? 'lacks' : 'has',
    purpose: whole.written.document.purpose ?? 'crime',
    // Whether an authority has parental responsibility is found out when somebody is asked: both are offered.
    inCare: true,
    available,
  })
}
