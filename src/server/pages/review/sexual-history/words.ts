import type { SexualHistory } from '../../../../actions/index.ts'

/** What stands beside every record that is tagged so (Youth Justice and Criminal Evidence Act 1999 s.41, law row G13). */
export const SEXUAL_HISTORY_WARNING =
  'About the sexual history of a complainant: a court’s leave is needed before it is used (Youth Justice and Criminal Evidence Act 1999, section 41).'

/** How whoever discloses is alerted: a count, and never what it is. */
export function sexualHistoryAlert({ exhibit, records }: SexualHistory): string {
  const [some, they] = records === 1 ? ['1 record', 'it is'] : [`${records.toLocaleString('en-GB')} records`, 'any is']
  return `${some} of ${exhibit} may be about the sexual history of a complainant. A court’s leave is needed before ${they} used (Youth Justice and Criminal Evidence Act 1999, section 41). Tell the prosecutor.`
}
