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
