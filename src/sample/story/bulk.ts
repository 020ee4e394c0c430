import { mix, randomFrom, scramble } from '../random.ts'
import { bulkBegins, bulkInstant, storyInstant } from './calendar.ts'
import { exchangesWith, fill, isOneWay } from './small-talk.ts'
import type { Conversation } from './types.ts'

/** A message of the bulk before it knows its number: `reply` counts back within the bulk's own messages. */
export interface BulkMessage {
  readonly conversation: Conversation
  /** absent: the device user wrote it */
  readonly member?: number
  readonly at: number
  readonly body: string
  /** index in the bulk of the message it answers, with its text and writer */
  readonly reply?: { readonly to: number; readonly quote: string; readonly member?: number }
  readonly attachment?: true
}

/** People whose conversations stay as the core story tells them, however large the phone. */
const CORE_ONLY = new Set(['ryan', 'solicitor', 'journalist', 'surgery', 'unknown', 'garage', 'teacher'])

const FOUNDED = { id: 'wa:rota', at: storyInstant('03-02 07:30') }

/**
 * Instants of the bulk, one by index, never decreasing: what lets a core message find its place without counting. Four by four
 * they stand close together, as talk does.
 */
export function bulkInstants(count: number, seed: string): (index: number) => number {
  const begins = bulkBegins(count)
  const base = mix(seed, 77)
  const part = (n: number) => scramble(base ^ n) / 4_294_967_296
  return (index) => {
    const four = index >>> 2
    return bulkInstant(begins, (4 * four + 2 * part(four) + 0.3 * (index & 3) + 0.1 * part(~index)) / count)
  }
}

/** Yields `count` messages in order of time. */
export function* bulk(count: number, seed: string, conversations: readonly Conversation[]): Generator<BulkMessage> {
  const random = randomFrom(`${seed}/bulk`)
  const instant = bulkInstants(count, seed)
  const open = conversations.filter(
    ({ members }) => members.length > 0 && !members.some(({ person }) => CORE_ONLY.has(person)),
  )
  // Those whom the story names talk more than the crowd.
  const weighted = open.flatMap((each) =>
    each.id.includes('crowd') ? [each] : Array<Conversation>(each.group ? 7 : 5).fill(each),
  )
  const last = new Map<string, { to: number; quote: string; member?: number }>()
  let index = 0
  while (index < count) {
    const conversation = random.pick(weighted)
    // A group of which the story tells the beginning has none before.
    if (conversation.id === FOUNDED.id && instant(index) < FOUNDED.at) continue
    const person = (conversation.members[0] as { person: string }).person
    const { lines } = random.pick(exchangesWith(conversation.group ? 'group' : person))
    const turn = isOneWay(person) ? undefined : random.below(2)
    let previous = -2
    for (const [at, line] of lines.entries()) {
      if (index >= count) return
      let member: number | undefined
      if (turn === undefined) member = 0
      else if (conversation.group) {
        const speaker = random.below(conversation.members.length + 1) - 1
        const other = speaker === previous ? ((speaker + 2) % (conversation.members.length + 1)) - 1 : speaker
        previous = other
        member = other < 0 ? undefined : other
      } else member = (at + turn) % 2 === 0 ? 0 : undefined
      const body = fill(line, random)
      const answered = last.get(conversation.id)
      const reply = at > 0 && answered && conversation.app === 'whatsapp' && random.chance(0.06) ? answered : undefined
      const attachment = random.chance(0.004)
      last.set(conversation.id, { to: index, quote: body, ...(member === undefined ? {} : { member }) })
      yield {
        conversation,
        ...(member === undefined ? {} : { member }),
        at: instant(index),
        body,
        ...(reply === undefined ? {} : { reply }),
        ...(attachment ? { attachment } : {}),
      }
      index++
    }
  }
}
