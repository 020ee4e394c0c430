import type { OwnerSays, Sources } from '../../../../recordings/index.ts'
import { lengthWords } from '../recording-words.ts'
import { spanWords } from '../span-words.ts'
import { PROTECTED_WORDS } from '../triage/words.ts'

/** Rows of one register that are shown: a helpline may stand in thousands of cases, and nobody reads those. */
const MOST = 20

/** What one register says of a recording. */
export interface SourceTable {
  readonly title: string
  /** said where the register has nothing */
  readonly nothing: string
  readonly head: readonly string[]
  /** each cell with its heading, which stands beside it on a narrow screen */
  readonly rows: readonly (readonly { readonly label: string; readonly says: string }[])[]
  /** so many more there are */
  readonly more: number
}

const OWNERS: Readonly<Record<OwnerSays, string>> = {
  evidence: 'It is evidence',
  maybe_evidence: 'It may be evidence',
  confidential: 'It was in confidence',
  operation: 'It was made in an operation',
  nothing: 'It is none of these',
  does_not_know: 'They do not know',
  unclear: 'Something that could not be read',
}

/** What every register says near a recording, as tables. A register that has nothing says so: silence would look like a page that is not done. */
export function sourceTables({
  holdings,
  bills,
  operations,
  cases,
  protected: kept,
  statements,
}: Sources): SourceTable[] {
  return [
    table(
      'Who held the phone, within a day',
      'Nobody is recorded as holding it.',
      ['Who', 'When', 'Number in it'],
      holdings.map(({ holder, during, number }) => [holder, spanWords(during), number ?? 'not recorded']),
    ),
    table(
      'Calls on the bill, within 15 minutes',
      'The bill has no call near it.',
      ['When', 'Our number', 'Other party', 'Length'],
      bills.map(({ began, ours, other, durationMs }) => [
        began.map(spanWords).join(', or '),
        ours,
        other ?? 'not said',
        durationMs === undefined ? 'not said' : lengthWords(durationMs),
      ]),
    ),
    table(
      'Operations of whoever held it, within a day',
      'None is known.',
      ['Operation', 'When'],
      operations.map(({ id, during }) => [id, spanWords(during)]),
    ),
    table(
      'Cases with a number that ends as this one does',
      'No case has it.',
      ['Case', 'Live', 'When', 'Worked on by', 'As'],
      cases.map(({ occurrence, live, during, oic, team, parties }) => [
        occurrence,
        live ? 'Live' : 'Not live',
        spanWords(during),
        [...(oic === undefined ? [] : [oic]), ...team].join(', ') || 'not said',
        [...new Set(parties.map(({ role }) => role))].join(', '),
      ]),
    ),
    table(
      'Protected numbers that end as this one does',
      'None does.',
      ['Number', 'Whose'],
      kept.map(({ number, kind }) => [number, PROTECTED_WORDS[kind]]),
    ),
    table(
      'What owners of phones said',
      'Nobody has said anything that could be about it.',
      ['They said', 'Of calls'],
      statements.map(({ says, during }) => [OWNERS[says], spanWords(during)]),
    ),
  ]
}

function table(
  title: string,
  nothing: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): SourceTable {
  return {
    title,
    nothing,
    head,
    rows: rows.slice(0, MOST).map((row) => row.map((says, at) => ({ label: head[at] ?? '', says }))),
    more: Math.max(0, rows.length - MOST),
  }
}
