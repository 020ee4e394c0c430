import { canBeTime } from './can-be-time.ts'
import { type Token, tokensOf } from './name-tokens.ts'

/** Words that recorders write themselves; anything else may be a name. */
const WORDS: ReadonlySet<string> = new Set(
  'in out inc outg incoming outgoing inbound outbound call calls rec record recorded recording recordings phone voice audio null unknown private number withheld anonymous restricted conference sim am pm'.split(
    ' ',
  ),
)
/** A number written in groups: no group of it is a time. */
const IN_GROUPS = /(?:\+\d{1,3}|\b0\d{2,5})(?:[ .\-()]{1,2}\d{2,8}){1,4}/g
const HIDDEN = '•'
const MOST_SHOWN = 4
/** A word on fewer phones may be the name of somebody whom their users know. */
const FEWEST_PHONES = 3

/**
 * Hides what a name tells of a person, as far as its shape can still be seen: of a run of digits that can be no time the first two stay, of a word that no
 * recorder writes which letters are capitals. `common`: words that stand in so many names that they are nobody's.
 */
export function maskedTokens(
  stem: string,
  { cuts = [], common = new Set() }: { cuts?: readonly number[]; common?: ReadonlySet<string> } = {},
): (Token & { readonly shown: string; readonly isHidden: boolean })[] {
  const inGroups = [...stem.matchAll(IN_GROUPS)].map(({ 0: text, index }) => [index, index + text.length] as const)
  const isGroup = (at: number) => inGroups.some(([from, to]) => at >= from && at < to)
  // What a run is, is told of all of it: a number that is cut would come apart into what looks like times.
  const whole = new Map(tokensOf(stem).flatMap((token) => inside(token).map((at) => [at, token] as const)))
  return tokensOf(stem, cuts).map((token) => {
    const run = whole.get(token.at) ?? token
    const isShown = run.kind === 'between' || (!isGroup(run.at) && isShownRun(run, common))
    const shown = isShown
      ? token.text
      : [...token.text].map((one, index) => hidden(one, token.at - run.at + index)).join('')
    return { ...token, shown, isHidden: !isShown }
  })
}

/** The same of a whole name. */
export function maskedName(stem: string, common?: ReadonlySet<string>): string {
  return maskedTokens(stem, common === undefined ? {} : { common })
    .map(({ shown }) => shown)
    .join('')
}

/** A number as far as it is shown. */
export function maskedNumber(number: string): string {
  let digits = 0
  return number.replaceAll(/\d/g, (digit) => (digits++ < 2 ? digit : HIDDEN))
}

/** Words of which a name can be told apart from those of people: on several phones, in at least one name of twenty. */
export function commonWords(names: Iterable<{ readonly stem: string; readonly device: string }>): Set<string> {
  const seen = new Map<string, { names: number; devices: Set<string> }>()
  let all = 0
  for (const { stem, device } of names) {
    all++
    for (const word of new Set(tokensOf(stem).flatMap(({ text, kind }) => (kind === 'letters' ? [text] : [])))) {
      const found = seen.get(word) ?? { names: 0, devices: new Set<string>() }
      found.names++
      if (found.devices.size < FEWEST_PHONES) found.devices.add(device)
      seen.set(word, found)
    }
  }
  return new Set(
    [...seen]
      .filter(([, { names: count, devices }]) => devices.size >= FEWEST_PHONES && count * 20 >= all)
      .map(([word]) => word),
  )
}

function inside({ at, text }: Token): number[] {
  return Array.from({ length: text.length }, (_, index) => at + index)
}

function isShownRun({ text, kind }: Token, common: ReadonlySet<string>): boolean {
  if (kind === 'letters') return text.length === 1 || WORDS.has(text.toLowerCase()) || common.has(text)
  return text.length <= MOST_SHOWN || canBeTime(text)
}

function hidden(character: string, index: number): string {
  if (/\d/.test(character)) return index < 2 ? character : HIDDEN
  return /\p{Lu}/u.test(character) ? 'A' : 'a'
}
