import {
  AcquisitionError,
  isDictionary,
  parsePlist,
  type PlistDictionary,
  type PlistValue,
} from '../../acquisition/index.ts'
import { instant, type Message, rfc3339 } from '../../records/index.ts'
import { withoutPlaceholders } from './body.ts'
import { typedstreamText } from './typedstream.ts'

type Edit = NonNullable<Message['edits']>[number]

export interface Summary {
  /** earlier texts, oldest first */
  readonly edits: readonly Edit[]
  /** the sender took back the message, or a part of it */
  readonly unsent: boolean
  /** the last text of the edited parts, for messages that hold their text nowhere else */
  readonly current: string | null
}

interface Version extends Edit {
  readonly at: number
}

/** iOS allows five edits; a list that is longer than this is no history of a message. */
const MOST_VERSIONS = 1000

/**
 * Reads `message_summary_info` (iOS 16 on): `ec` holds for each edited part of a message every version of its text (`t`, a
 * typedstream) with its time (`d`, seconds since 2001), the last being the current one; `rp` lists the parts taken back.
 * Nothing else of it is looked at: it also quotes other messages. Returns undefined where it cannot be read.
 */
export function readSummary(bytes: Uint8Array): Summary | undefined {
  const root = tryPlist(bytes)
  if (!isDictionary(root)) return undefined
  const taken = new Set(list(root.rp).map(String))
  const versions: Version[] = []
  const current: string[] = []
  for (const [part, history] of Object.entries(isDictionary(root.ec) ? root.ec : {}).sort(byPart)) {
    const texts = list(history).slice(0, MOST_VERSIONS).map(versionOf)
    // Of a part taken back, nothing is current.
    const last = taken.has(part) ? undefined : texts.pop()
    versions.push(...texts)
    if (last?.body !== undefined) current.push(last.body)
  }
  versions.sort((one, other) => one.at - other.at)
  return {
    edits: versions.slice(0, MOST_VERSIONS).map(({ time, body }) => ({
      ...(time !== undefined && { time }),
      ...(body !== undefined && { body }),
    })),
    unsent: taken.size > 0,
    current: current.length > 0 ? current.join('') : null,
  }
}

function versionOf(entry: PlistValue): Version {
  const { d: date, t: archive } = isDictionary(entry) ? entry : ({} as PlistDictionary)
  const at =
    date instanceof Date
      ? instant(date.getTime(), 'unix_milliseconds')
      : typeof date === 'number'
        ? instant(date, 'apple_seconds')
        : undefined
  const text = archive instanceof Uint8Array ? typedstreamText(archive)?.text : undefined
  return {
    at: at ?? 0,
    ...(at !== undefined && { time: rfc3339(at) }),
    body: (text !== undefined ? withoutPlaceholders(text) : null) ?? undefined,
  }
}

function byPart([one]: [string, unknown], [other]: [string, unknown]): number {
  return Number(one) - Number(other) || (one < other ? -1 : 1)
}

function tryPlist(bytes: Uint8Array): PlistValue | undefined {
  try {
    return parsePlist(bytes)
  } catch (error) {
    if (error instanceof AcquisitionError) return undefined
    throw error
  }
}

function list(value: unknown): readonly PlistValue[] {
  return Array.isArray(value) ? value : []
}
