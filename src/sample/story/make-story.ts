import { addressBook, CAST, crowd, mobile, OWNER } from './cast.ts'
import { bulk, bulkInstants } from './bulk.ts'
import { storyInstant } from './calendar.ts'
import { callsOf } from './calls.ts'
import { conversationsOf } from './conversations.ts'
import { ESSENTIAL, MORE, type Line } from './core.ts'
import { attachedFiles, cameraRoll } from './files.ts'
import { NEVER, NEVER_ON_IOS_ONLY } from './never-words.ts'
import { PLACES } from './places.ts'
import type { Conversation, DeletedMessage, Story, StoryDevice, StoryMessage, System } from './types.ts'

export const FEWEST_MESSAGES = 100
export const MOST_MESSAGES = 5_000_000

/**
 * Tells the story with exactly `messages` records of messages. The same arguments give the same story, on any machine.
 * Throws RangeError outside 100 to 5,000,000 messages.
 */
export function makeStory(options: { messages: number; seed: string; system: System; oldWhatsapp?: boolean }): Story {
  const { messages: count, seed, system, oldWhatsapp = false } = options
  if (!Number.isInteger(count) || count < FEWEST_MESSAGES || count > MOST_MESSAGES)
    throw new RangeError(`a sample phone has ${FEWEST_MESSAGES} to ${MOST_MESSAGES} messages`)
  const device = deviceOf(system)
  const people = [...CAST, ...crowd(Math.min(180, 4 + Math.floor(count / 250)))]
  const conversations = conversationsOf(people, system)
  const files = new Map(attachedFiles().map((file) => [file.id, file]))
  const deleted = deletedMessages(system)
  const core = coreMessages(count, system, new Map(conversations.map((each) => [each.id, each])))
  const lines = core.map(({ line }) => line)
  const told = count - (oldWhatsapp ? 0 : reactionRows(lines, system))
  const photos: Record<string, string> = { mum: NEVER.contactPhoto, simran: NEVER.secondContactPhoto }
  return {
    system,
    ...(oldWhatsapp ? { oldWhatsapp } : {}),
    seed,
    device,
    owner: OWNER,
    people,
    conversations,
    calls: callsOf(people, system, count, seed),
    contacts: addressBook(people, (person) => photos[person]),
    camera: cameraRoll(device, seed),
    files,
    deleted,
    deletedContact: `Locksmith ${NEVER.deletedContact}`,
    deletedCaller: `Taxi ${NEVER.deletedCall}`,
    indexed: {
      messages: `somebody wrote ${NEVER.searchIndex} and took it away`,
      contacts: `old note ${NEVER.searchIndexOfContacts}`,
    },
    decoys: [
      {
        ios: 'AppDomain-com.hallowickbs.mobile/Documents/accounts.sqlite',
        android: 'data/data/com.hallowickbs.mobile/databases/accounts.db',
        text: `savings pot ${NEVER.bankingApp}`,
      },
      {
        ios: 'AppDomain-com.tidecalendar.app/Library/Application Support/diary.sqlite',
        android: 'data/data/com.tidecalendar.app/databases/diary.db',
        text: `day 14 ${NEVER.healthApp}`,
      },
      {
        ios: 'AppDomainGroup-group.com.sparkmeet.shared/messages.db',
        android: 'data/data/com.sparkmeet/databases/messages.db',
        text: `match ${NEVER.datingApp}`,
      },
    ],
    count: told,
    messages: () => tell(core, told - core.length, seed, conversations),
    never: Object.values(NEVER).filter((word) => system === 'ios' || !NEVER_ON_IOS_ONLY.includes(word)),
  }
}

function deviceOf(system: System): StoryDevice {
  const common = { serial: 'PEELSAMPLE01', imei: '350000000000006' }
  return system === 'ios'
    ? {
        ...common,
        name: 'Hannah’s iPhone',
        model: 'iPhone15,4',
        maker: 'Apple',
        camera: 'iPhone 15',
        osVersion: '17.4.1',
      }
    : { ...common, name: 'Hannah’s Galaxy', model: 'SM-S911B', maker: 'samsung', camera: 'SM-S911B', osVersion: '14' }
}

/** A message that knows its place in time but not yet its number; references are by label. */
interface CoreMessage {
  readonly line: Line
  readonly conversation: Conversation
  readonly position: number
}

function coreMessages(count: number, system: System, known: ReadonlyMap<string, Conversation>): CoreMessage[] {
  const fits = (line: Line) => known.has(line[0]) && (system === 'ios' || !line[4]?.ios)
  const lines = ESSENTIAL.filter(fits)
  const room = count - lines.length - reactionRows(lines, system)
  lines.push(...MORE.filter(fits).slice(0, room))
  return lines
    .map((line) => ({ line, conversation: known.get(line[0]) as Conversation, position: storyInstant(line[1]) }))
    .sort((a, b) => a.position - b.position)
}

/** On Android an emoji that somebody put on a message is a row of its own, and counts as a message; on iOS it stands beside. */
function reactionRows(lines: readonly Line[], system: System): number {
  return system === 'ios' ? 0 : lines.reduce((sum, [, , , , extra]) => sum + (extra?.emoji?.length ?? 0), 0)
}

/** Merges core and bulk by time. A core message goes before the bulk's of the same instant. */
function* tell(
  core: readonly CoreMessage[],
  size: number,
  seed: string,
  conversations: readonly Conversation[],
): Generator<StoryMessage> {
  const instant = bulkInstants(size, seed)
  const before = core.map(({ position }) => countBefore(position, size, instant))
  const numbers = new Map<string, number>()
  for (const [at, { line }] of core.entries())
    if (line[4]?.as !== undefined) numbers.set(line[4].as, at + (before[at] as number))
  // Bulk message i comes after the core messages whose place is at or before i.
  const numberOfBulk = (index: number) => index + upperBound(before, index)
  let told = 0
  let next = 0
  for (const message of bulk(size, seed, conversations)) {
    while (next < core.length && (before[next] as number) <= told) {
      yield fromCore(core[next] as CoreMessage, told + next, numbers)
      next++
    }
    const { conversation, member, at, body, reply } = message
    yield {
      n: told + next,
      app: conversation.app,
      conversation: conversation.id,
      direction: member === undefined ? 'out' : 'in',
      ...(member === undefined ? {} : { member }),
      at,
      ...(conversation.service === undefined ? {} : { service: conversation.service }),
      body,
      ...(reply === undefined
        ? {}
        : {
            reply: {
              to: numberOfBulk(reply.to),
              quote: reply.quote,
              ...(reply.member === undefined ? {} : { quotedMember: reply.member }),
            },
          }),
      ...(message.attachment ? { attachments: [`bulk${told % 6}`] } : {}),
    }
    told++
  }
  for (; next < core.length; next++) yield fromCore(core[next] as CoreMessage, told + next, numbers)
}

function fromCore(message: CoreMessage, n: number, numbers: ReadonlyMap<string, number>): StoryMessage {
  const { line, conversation, position } = message
  const [, , who, body, extra = {}] = line
  const member = who === '>' ? undefined : Number(who.slice(1) || 0)
  const known = member !== undefined && member < conversation.members.length
  const service = conversation.app === 'sms' ? (extra.service ?? conversation.service) : undefined
  const changed = extra.unsent ?? extra.edits?.at(-1)?.[0]
  let sent = position
  const edits = extra.edits?.map(([minutes, text]) => {
    const edit = { at: sent, body: text }
    sent = position + minutes * 60_000
    return edit
  })
  const refer = (label: string) =>
    label.startsWith('deleted:') ? { deleted: Number(label.slice(8)) } : (numbers.get(label) as number)
  return {
    n,
    app: conversation.app,
    conversation: conversation.id,
    direction: who === '>' ? 'out' : 'in',
    ...(known ? { member } : {}),
    ...(extra.noDate ? {} : { at: position }),
    ...(extra.seconds ? { seconds: extra.seconds } : {}),
    ...(service === undefined ? {} : { service }),
    ...(extra.subject === undefined ? {} : { subject: extra.subject }),
    ...(body === null ? {} : { body }),
    ...(extra.attributedOnly ? { attributedOnly: extra.attributedOnly } : {}),
    ...(edits === undefined ? {} : { edits }),
    ...(changed === undefined ? {} : { changedAt: position + changed * 60_000 }),
    ...(extra.unsent === undefined ? {} : { unsent: true }),
    ...(extra.reaction === undefined
      ? {}
      : {
          reaction: {
            to: refer(extra.reaction[0]),
            type: extra.reaction[1],
            ...(extra.reaction[2] ? { removed: true } : {}),
            quote: extra.quote ?? '',
          },
        }),
    ...(extra.replyTo === undefined
      ? {}
      : {
          reply: {
            ...(numbers.has(extra.replyTo) ? { to: numbers.get(extra.replyTo) as number } : {}),
            quote: extra.quote ?? '',
          },
        }),
    ...(extra.emoji === undefined ? {} : { emoji: extra.emoji.map(([by, emoji]) => ({ member: by, emoji })) }),
    ...(extra.files === undefined ? {} : { attachments: extra.files }),
    ...(extra.preview === undefined ? {} : { preview: { url: extra.preview[0], title: extra.preview[1] } }),
    ...(extra.place === undefined ? {} : { place: PLACES[extra.place] }),
    ...(extra.event === undefined
      ? {}
      : { event: { type: extra.event, ...(extra.title === undefined ? {} : { title: extra.title }) } }),
    ...(extra.walOnly ? { walOnly: extra.walOnly } : {}),
  }
}

/** How many instants of the bulk lie before `position`. */
function countBefore(position: number, size: number, instant: (index: number) => number): number {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (instant(middle) < position) low = middle + 1
    else high = middle
  }
  return low
}

/** How many of the ascending `values` are at most `limit`. */
function upperBound(values: readonly number[], limit: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return low
}

function deletedMessages(system: System): DeletedMessage[] {
  const all: DeletedMessage[] = [
    {
      how: 'recoverable',
      conversation: 'sms:mum',
      direction: 'out',
      at: storyInstant('03-15 12:01:30'),
      body: `I should have said ${NEVER.recoverableReactedTo} xx`,
    },
    {
      how: 'recoverable',
      conversation: 'sms:ryan',
      direction: 'in',
      member: 0,
      at: storyInstant('03-15 08:00'),
      body: `I know where your ${NEVER.recoverable} is`,
    },
    {
      how: 'free-page',
      conversation: 'sms:ryan',
      direction: 'in',
      member: 0,
      at: storyInstant('03-09 13:43'),
      body: `you are a ${NEVER.freePageInMessages} and everyone says so`.repeat(20),
    },
    {
      how: 'free-page',
      conversation: 'wa:ryan',
      direction: 'in',
      member: 0,
      at: storyInstant('03-13 23:00'),
      body: `answer me ${NEVER.freePageInWhatsApp} `.repeat(30),
    },
    {
      how: 'in-log',
      conversation: 'sms:mum',
      direction: 'out',
      at: storyInstant('03-16 20:00'),
      body: `Do not tell Tom about ${NEVER.deletedByLog}`,
    },
    {
      how: 'in-log',
      conversation: 'wa:beth',
      direction: 'in',
      member: 0,
      at: storyInstant('03-18 17:00'),
      body: `between us ${NEVER.deletedByLogInWhatsApp}`,
    },
  ]
  return all.filter(({ how }) => system === 'ios' || how !== 'recoverable')
}

/** A number of the drama range that nobody of the story has: for the rows that a writer deletes again. */
export const NOBODY = mobile(999)
