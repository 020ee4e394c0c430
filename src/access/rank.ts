/** Ranks that may authorise, by default: inspector and above (College guidance; law rows B27, H3). */
export const AUTHORISING_RANKS: readonly string[] = [
  'inspector',
  'chief inspector',
  'superintendent',
  'chief superintendent',
  'commander',
  'assistant chief constable',
  'deputy assistant commissioner',
  'deputy chief constable',
  'assistant commissioner',
  'chief constable',
  'deputy commissioner',
  'commissioner',
]

/** Ranks that may decide on confidential journalistic material, by default: superintendent and above (law row G2; our choice, the Act names none). */
export const SENIOR_RANKS: readonly string[] = AUTHORISING_RANKS.slice(AUTHORISING_RANKS.indexOf('superintendent'))

/** Whether a rank is one of those listed; "Detective", "temporary" and "acting" before a rank do not change it. */
export function isRankListed(rank: string, ranks: readonly string[]): boolean {
  const plain = reduce(rank)
  return ranks.some((listed) => reduce(listed) === plain)
}

function reduce(rank: string): string {
  return rank
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
    .replace(/^(?:(?:detective|temporary|acting|t\/|a\/) ?)+/, '')
}
