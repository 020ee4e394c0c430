import { type Message, type PeelRecord, writtenDay } from '../../records/index.ts'
import { attachmentLines, picturesOf } from '../attachments.ts'
import { Conversation } from '../conversation.ts'
import { type Block, type Entry, heading, type Line, phone, type Span } from '../document.ts'
import type { Material } from '../material.ts'
import { conversationTitle, partyName, partyNames } from '../people.ts'
import { clausesOf, fileOf, rowOf } from '../provenance.ts'
import { clock, count, kindTitle, listed, moment, number, position } from '../words.ts'

/** Characters of one message beyond this are counted and not shown. */
const BODY_AT_MOST = 4000

type Record = PeelRecord & Message

/** The messages, conversation by conversation. */
export function messagesSection(material: Material): Block[] {
  const records = (material.gathered.shown.get('message') ?? []) as readonly Record[]
  const known = new Map(material.gathered.conversations.map((conversation) => [conversation.key, conversation]))
  const byConversation = new Map<string, Record[]>()
  for (const record of records) {
    const key = Conversation.keyOf(record)
    const turns = byConversation.get(key) ?? []
    byConversation.set(key, turns)
    turns.push(record)
  }
  const named = new Map(
    records.flatMap((record) => (record.message_id ? [[nameOf(record, record.message_id), record]] : [])),
  )
  return [
    heading(3, kindTitle('message')),
    ...[...byConversation].flatMap(([key, turns]) => {
      const conversation = known.get(key)
      return conversation === undefined ? [] : transcript(conversation, turns, named, material)
    }),
  ]
}

function transcript(
  conversation: Conversation,
  turns: readonly Record[],
  named: ReadonlyMap<string, Record>,
  material: Material,
): Block[] {
  const people = [...conversation.people.values()]
  const all: Span[] = [
    people.length === 0
      ? 'The messages taken name nobody but the device user.'
      : `The device user and ${count(people.length + conversation.unnamed, 'other')}: `,
    ...partyNames(people, people.length),
    conversation.unnamed > 0
      ? ` and ${number(conversation.unnamed)} more, who are in the extract and not named here`
      : '',
    people.length > 0 ? '.' : '',
  ]
  const summary = `${count(conversation.count, 'message')} taken${conversation.context > 0 ? `, ${number(conversation.context)} of them as context` : ''}${turns.length < conversation.count ? `; ${number(turns.length)} shown` : ''}.`
  const entries: Entry[] = []
  let today: string | undefined
  for (const record of turns) {
    const date = record.time === undefined ? 'Without a usable time' : writtenDay(record.time)
    if (date !== today) entries.push({ type: 'day', text: date })
    today = date
    entries.push(turn(record, named, people.length > 1, material))
  }
  return [
    heading(4, conversationTitle(conversation)),
    {
      type: 'paragraph',
      text: [...all, ` ${summary} All from `, fileOf(conversation.file, material), '.'],
      small: true,
    },
    { type: 'transcript', entries },
  ]
}

function turn(record: Record, named: ReadonlyMap<string, Record>, group: boolean, material: Material): Entry {
  const who: Span[] =
    record.direction === 'out' ? ['Device user'] : record.from ? partyName(record.from) : ['Sender not stated']
  // Who else is in a group stands once, above; between two people it is clear.
  const when =
    record.time === undefined
      ? 'no usable time'
      : `${clock(record.time)} UTC${record.time_zone === 'assumed_utc' ? ' (zone not stated by the phone)' : ''}`
  const marks: string[] = []
  if (record.context) marks.push(`Context for ${listed(record.clauses)}`)
  if (record.unsent) marks.push('Taken back by the sender')
  if (record.edits?.length) marks.push('Edited')
  return {
    type: 'turn',
    id: `r-${record.id}`,
    side: record.direction,
    context: record.context,
    head: [...who, group && record.direction === 'out' ? ` to ${count(record.to.length, 'other')}` : '', ', ', when],
    marks,
    body: [...words(record, named), ...attachmentLines(record.attachments)],
    pictures: picturesOf(record.attachments, material),
    small: [
      // Its file stands at the head of the conversation: a link for every message would double the PDF.
      ...rowOf(record),
      `; ${clausesOf(record)}${record.service ? '; ' : ''}`,
      ...(record.service ? [phone(record.service)] : []),
    ],
  }
}

function words(record: Record, named: ReadonlyMap<string, Record>): Line[] {
  const lines: Line[] = []
  const { reaction, reply_to, subject, body, system, edits, place } = record
  if (reply_to !== undefined) lines.push(['Answers ', messageCalled(reply_to, record, named)])
  if (reaction) {
    const what = [phone(reaction.type), ...(reaction.emoji ? [' ', phone(reaction.emoji)] : [])]
    lines.push([
      reaction.removed ? 'Reaction taken back: ' : 'Reaction: ',
      ...what,
      ', to ',
      messageCalled(reaction.to, record, named),
    ])
  }
  if (subject !== undefined) lines.push(['Subject: ', phone(subject)])
  if (body !== undefined) lines.push(...bounded(body))
  if (system !== undefined) lines.push(['Not text but: ', phone(system.replaceAll('_', ' '))])
  if (place) lines.push(`Place: ${position(place)}`)
  for (const { time, body: earlier } of edits ?? [])
    lines.push([
      `Before it was edited${time === undefined ? '' : `, at ${moment(time)}`}: `,
      ...(earlier === undefined ? ['the phone does not hold the earlier text'] : (bounded(earlier).flat() as Span[])),
    ])
  if (lines.length === 0 && record.attachments.length === 0)
    lines.push(record.unsent ? 'The text is no longer on the phone.' : 'No text.')
  return lines
}

/** A text, or as much of it as a page can bear, with a sentence about the rest. */
function bounded(text: string): Line[] {
  if (text.length <= BODY_AT_MOST) return [[phone(text)]]
  const cut = text.slice(0, BODY_AT_MOST).replace(/[\ud800-\udbff]$/, '')
  return [
    [phone(cut)],
    [
      `${number(text.length - cut.length)} more characters are in the extract and not shown here; `,
      { code: 'peel list' },
      ' prints them.',
    ],
  ]
}

function nameOf({ app, provenance }: Record, messageId: string): string {
  return JSON.stringify([app, provenance.file, messageId])
}

function messageCalled(id: string, record: Record, named: ReadonlyMap<string, Record>): Span {
  const other = named.get(nameOf(record, id))
  if (other === undefined) return 'a message that is not among those shown'
  return {
    link: `r-${other.id}`,
    text: `the message of ${other.time === undefined ? 'no usable time' : moment(other.time)}`,
  }
}
