/** What stands beside every record that is tagged so (Youth Justice and Criminal Evidence Act 1999 s.41, law row G13). */
export const SEXUAL_HISTORY_WARNING =
  'About the sexual history of a complainant: a court’s leave is needed before it is used (Youth Justice and Criminal Evidence Act 1999, section 41).'
