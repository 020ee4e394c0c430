import type { OpenExtract } from '../../../actions/index.ts'
import type { PeelRecord } from '../../../records/index.ts'
import { type Item, snippet } from '../../../review/index.ts'
import { PATHS, pathTo } from '../../paths.ts'
import { callWords, lasting } from './call-words.ts'
import { eventWords } from './event-words.ts'
import { momentOf } from './moments.ts'
import { ours, type Part, phoneText, plainText, runs } from './phone-text.ts'
import type { Names } from './titles.ts'

/** Characters of one text that a page of many shows; the record's own page shows all. */
const BODY_AT_MOST = 4000

/** How a record is to be shown. */
export interface Manner {
  readonly names: Names
  /** what was searched for */
  readonly phrases?: readonly string[]
  /** all of it, on the record's own page */
  readonly whole?: true
  /** only what stands around what was searched for */
  readonly snippets?: true
}

/** One line of a record: a label of ours, words of the phone, and what we say beside them, which is never taken for words of the phone. */
export interface Line {
  readonly label?: string
  readonly parts?: readonly Part[]
  readonly says?: string
  /** what is said leads to another record, where that was taken */
  readonly other?: { readonly text: string; readonly href?: string }
}

/** What a record says, line by line. */
export function linesOf(open: OpenExtract, { record }: Item, manner: Manner): Line[] {
  switch (record.kind) {
    case 'message':
      return messageLines(open, record, manner)
    case 'call':
      return [{ parts: ours(callWords(record)) }]
    case 'contact':
      return [
        ...(record.organisation === undefined
          ? []
          : [{ label: 'Organisation', parts: phoneText(record.organisation, manner.phrases) }]),
        ...record.addresses.map(({ address, type, label }) => ({
          label: plainText(label ?? type, 30),
          parts: phoneText(address, manner.phrases),
        })),
        ...(record.note === undefined ? [] : [{ label: 'Note', parts: text(record.note, manner) }]),
      ]
    case 'media_item':
      return [
        ...(record.width === undefined || record.height === undefined
          ? []
          : [{ label: 'Size', parts: ours(`${record.width} × ${record.height} pixels`) }]),
        ...(record.duration_seconds === undefined
          ? []
          : [{ label: 'Length', parts: ours(lasting(record.duration_seconds)) }]),
        ...(record.camera === undefined ? [] : [{ label: 'Camera', parts: phoneText(record.camera) }]),
      ]
  }
}

function messageLines(open: OpenExtract, record: Extract<PeelRecord, { kind: 'message' }>, manner: Manner): Line[] {
  const lines: Line[] = []
  const { app, reaction, reply_to, subject, body, system, edits, unsent, attachments } = record
  if (reply_to !== undefined) lines.push({ says: 'Answers', other: otherMessage(open, app, reply_to) })
  if (reaction)
    lines.push({
      label: reaction.removed ? 'Reaction taken back' : 'Reaction',
      parts: phoneText(reaction.emoji ?? reaction.type),
      says: 'to',
      other: otherMessage(open, app, reaction.to),
    })
  if (subject !== undefined) lines.push({ label: 'Subject', parts: text(subject, manner) })
  if (body !== undefined) lines.push({ parts: text(body, manner) })
  if (system !== undefined) lines.push(eventLine(system))
  for (const edit of edits ?? [])
    lines.push({
      label: `Before it was edited${edit.time === undefined ? '' : `, on ${momentOf(edit.time)}`}`,
      ...(edit.body === undefined
        ? { says: 'the phone does not hold the earlier text' }
        : { parts: text(edit.body, manner) }),
    })
  if (lines.length === 0 && attachments.length === 0)
    lines.push({ says: unsent ? 'The text is no longer on the phone.' : 'No text.' })
  return lines
}

/** What stands instead of text: in our words where they are known, in those of the phone otherwise. */
function eventLine(system: string): Line {
  const { known, rest } = eventWords(system)
  if (known === undefined) return { label: 'Instead of text', parts: phoneText(rest) }
  return rest === '' ? { says: known } : { label: known, parts: phoneText(rest) }
}

/** Another message, of which nothing is said but where it is. What was set apart looks as what was never taken (law row G1). */
function otherMessage({ view, opening }: OpenExtract, app: string, key: string): NonNullable<Line['other']> {
  const found = key === '' ? undefined : view.messageCalled(app, key)
  const { extraction, compartment } = opening
  // Whoever decides on what was set apart has no pages of single messages to be led to.
  if (compartment !== 'main') return { text: found ? 'another message set apart here' : 'a message that is not here' }
  if (found === undefined) return { text: 'a message that was not taken, or was set apart' }
  const href =
    found.thread === undefined
      ? pathTo(PATHS.reviewRecord, { extraction, record: found.id })
      : `${pathTo(PATHS.reviewConversation, { extraction, thread: found.thread })}?at=${found.id}#r-${found.id}`
  return { text: 'another message', href }
}

function text(from: string, { phrases = [], whole, snippets }: Manner): Part[] {
  if (snippets) return runs(snippet(from, phrases))
  if (whole || from.length <= BODY_AT_MOST) return phoneText(from, phrases)
  const cut = from.slice(0, BODY_AT_MOST).replace(/[\ud800-\udbff]$/, '')
  return [...phoneText(cut, phrases), ...ours(`… ${from.length - cut.length} more characters on the record’s own page`)]
}
