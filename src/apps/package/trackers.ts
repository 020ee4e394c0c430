import { PackageError } from './errors.ts'
import type { Tracker } from './package.ts'

const LARGEST = 16 << 20
const MOST_TRACKERS = 5_000
const LONGEST_SIGNATURE = 8_192
/** Shorter ones fit everything; Exodus passes over them, too. */
const SHORTEST = 4

/** A tracker of the list, with the patterns that give it away. */
interface KnownTracker {
  readonly name: string
  readonly categories: readonly string[]
  readonly patterns: readonly Pattern[]
}

interface Pattern {
  /** a stretch that must be there: looked for first, as that is many times quicker */
  readonly literal: string
  readonly expression: RegExp
}

/**
 * A list of trackers in the form in which Exodus Privacy publishes its own (`{trackers: {id: {name, code_signature, …}}}`). None
 * comes with us. Signatures are patterns out of a foreign file: only those are used that run in time linear in what is searched.
 */
export class TrackerList {
  readonly trackers: readonly KnownTracker[]
  /** signatures that were not used */
  readonly skipped: number

  private constructor(trackers: readonly KnownTracker[], skipped: number) {
    this.trackers = trackers
    this.skipped = skipped
  }

  /** Throws PackageError BAD_TRACKERS where it is no such list. */
  static parse(text: string): TrackerList {
    const trackers: KnownTracker[] = []
    let skipped = 0
    for (const one of Object.values(listOf(text)).slice(0, MOST_TRACKERS)) {
      const { name, code_signature: signature, categories } = (one ?? {}) as Record<string, unknown>
      if (typeof name !== 'string' || typeof signature !== 'string' || signature.length > LONGEST_SIGNATURE) {
        skipped++
        continue
      }
      const patterns: Pattern[] = []
      for (const alternative of signature.split('|')) {
        const pattern = patternOf(alternative.trim())
        if (pattern !== undefined) patterns.push(pattern)
        // An empty signature says that a tracker is known by its traffic alone.
        else if (alternative.trim() !== '') skipped++
      }
      const kinds = Array.isArray(categories) ? categories.filter((kind) => typeof kind === 'string') : []
      trackers.push({ name: name.slice(0, 200), categories: kinds.slice(0, 20), patterns })
    }
    return new TrackerList(trackers, skipped)
  }

  /** The trackers that any of these classes belongs to, each once, with the class that shows it. */
  find(classes: readonly string[]): Tracker[] {
    const all = classes.join('\n')
    return this.trackers.flatMap(({ name, categories, patterns }) => {
      for (const { literal, expression } of patterns) {
        if (!all.includes(literal)) continue
        const found = expression.exec(all)
        if (found === null) continue
        const end = all.indexOf('\n', found.index)
        const line = all.slice(all.lastIndexOf('\n', found.index) + 1, end < 0 ? undefined : end)
        return [{ name, categories, class: line }]
      }
      return []
    })
  }
}

function listOf(text: string): object {
  const bad = (what: string) =>
    new PackageError('BAD_TRACKERS', `the list of trackers ${what}`, 'give the JSON that Exodus Privacy publishes')
  if (text.length > LARGEST) throw bad('is larger than 16 MiB')
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    throw bad('is not JSON')
  }
  const { trackers } = (list ?? {}) as { trackers?: unknown }
  if (typeof trackers !== 'object' || trackers === null) throw bad('names no trackers')
  return trackers
}

/** One atom: a plain character, any character, or one that is escaped; and how often. */
const ATOM = /(?:[A-Za-z0-9_$/;:<>@ -]|\.|\\[.$/_-])([*+?])?/y

/**
 * A pattern out of one alternative of a signature; undefined where it is too short, or anything but plain characters, `.`, anchors
 * and at most one repetition. Without groups and with one repetition nothing runs longer than the square of a name.
 */
function patternOf(alternative: string): Pattern | undefined {
  const [, start = '', body = '', finish = ''] = /^(\^?)(.*?)(\$?)$/s.exec(alternative) ?? []
  let repeated = 0
  let source = ''
  let literal = ''
  let run = ''
  for (let at = 0; at < body.length; ) {
    ATOM.lastIndex = at
    const found = ATOM.exec(body)
    if (found === null) return undefined
    const [atom, often] = found
    const character = often === undefined ? atom : atom.slice(0, -1)
    if (often === '*' || often === '+') repeated++
    source += `${character === '.' ? '.' : escaped(character.replace('\\', ''))}${often ?? ''}`
    run = often !== undefined || character === '.' ? '' : run + character.replace('\\', '')
    if (run.length > literal.length) literal = run
    at = ATOM.lastIndex
  }
  if (repeated > 1 || body.length < SHORTEST || literal.length < 2) return undefined
  return { literal, expression: new RegExp(`${start}${source}${finish}`, 'm') }
}

function escaped(character: string): string {
  return /[A-Za-z0-9_]/.test(character) ? character : `\\${character}`
}
