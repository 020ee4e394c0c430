/**
 * Recordings that are kept from an archive: what was matched of one call, and its sound beside it. Knows how the archive hands them
 * over. Does not know where archives lie, who decided that they are kept, or how to play them.
 * Invariant: one recording is one call, and what is not known of it is absent, never guessed.
 */
import type { FileSource, SourceFile } from '../../acquisition/index.ts'
import { type Call, type Party, type Problem, rfc3339 } from '../../records/index.ts'
import type { FileArtefact, FileReading } from '../artefact.ts'

/** What an archive hands over of one recording, as JSON beside its sound. Holds numbers: it is never on a disk. */
export interface KeptRecording {
  /** of everybody on the other side, as far as anything says; E.164 where that is certain */
  readonly numbers: readonly string[]
  /** what the phone's user called them; only where there is one number */
  readonly contact?: string
  readonly direction?: 'in' | 'out' | 'conference'
  /** every stretch in which it may have begun, milliseconds since 1970, both ends included */
  readonly began: readonly { readonly from: number; readonly to: number }[]
  readonly durationMs?: number
  /** what carried the call, where it was not the phone itself */
  readonly via?: string
  /** what its file was called on the phone */
  readonly name: string
  readonly container?: string
}

/** What the file of what is known of a recording is called beside its sound. */
export const FACTS = '.facts'

const PLACE = /^[0-9a-f-]{36}\/phone-\d+\/[0-9a-f]{32}\.facts$/

/** Not in the registry of what is read on phones: no phone has such files, and one that had is not believed. */
export const keptRecordings: FileArtefact = {
  type: 'files',
  id: 'kept-recordings',
  title: 'Recordings of calls, kept from an archive',
  yields: [{ kind: 'call', app: 'call-recording' }],
  locates: (path) => PLACE.test(path),
  read: readRecording,
}

/** What reads a source of kind `recordings`. */
export const KEPT_RECORDINGS = [keptRecordings] as const

async function readRecording(file: SourceFile, source: FileSource): Promise<FileReading> {
  const sound = file.path.slice(0, -FACTS.length)
  const open = await source.open(file)
  try {
    const parts: Uint8Array[] = []
    for await (const part of open.chunks()) parts.push(part.slice())
    const told = JSON.parse(Buffer.concat(parts).toString('utf8')) as KeptRecording
    const problems: Problem[] =
      told.began.length > 1
        ? [{ code: 'value_odd', file: sound, detail: 'more than one time is possible: it stands without one' }]
        : []
    return {
      placed: [{ found: callOf(told), provenance: { file: sound, wal: false } }],
      problems,
      bytesRead: open.size,
      beside: [{ path: sound }],
    }
  } finally {
    await open.close()
  }
}

function callOf({ numbers, contact, direction, began, durationMs, via, name, container }: KeptRecording): Call {
  const people = numbers.map(
    (address): Party => ({ address, ...(contact !== undefined && numbers.length === 1 && { name: contact }) }),
  )
  const [from, ...others] = people
  const [only] = began.length === 1 ? began : []
  const type = container === undefined ? undefined : TYPES[container]
  return {
    kind: 'call',
    app: 'call-recording',
    ...(only !== undefined && { time: rfc3339(only.from) }),
    ...(began.length > 1 && { time_raw: began.map((window) => rfc3339(window.from)).join(' or ') }),
    ...(direction === 'in' || direction === 'out' ? { direction } : {}),
    ...(direction === 'in' && from !== undefined ? { from, to: others } : { to: people }),
    ...(durationMs !== undefined && { duration_seconds: Math.round(durationMs) / 1000 }),
    ...(via !== undefined && { service: via }),
    attachments: [{ name, ...(type !== undefined && { media_type: type }), taken: false }],
  }
}

/** Of the containers that the archive tells apart by their bytes. */
const TYPES: Readonly<Record<string, string>> = {
  amr: 'audio/amr',
  'amr-wb': 'audio/amr-wb',
  '3gp': 'audio/3gpp',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  mp3: 'audio/mpeg',
}
