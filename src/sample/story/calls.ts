import { randomFrom } from '../random.ts'
import { bulkBegins, bulkInstant, storyInstant } from './calendar.ts'
import type { Person, StoryCall, System } from './types.ts'

type Line = readonly [
  app: StoryCall['app'],
  time: string,
  who: string,
  direction: 'in' | 'out',
  duration: number,
  outcome: StoryCall['outcome'],
  spelling: 'e164' | 'national' | 'zeros' | 'jid',
  more?: { readonly video?: true; readonly walOnly?: true; readonly others?: readonly string[] },
]

const LINES: readonly Line[] = [
  ['phone', '03-02 08:31', 'mum', 'out', 244, 'answered', 'national'],
  ['phone', '03-03 12:10', 'surgery', 'out', 391, 'answered', 'national'],
  ['facetime', '03-05 19:00', 'mum', 'in', 1820, 'answered', 'e164', { video: true }],
  ['phone', '03-07 19:20', 'ryan', 'in', 42, 'answered', 'e164'],
  ['whatsapp', '03-08 09:30', 'simran', 'in', 1312, 'answered', 'jid'],
  ['phone', '03-09 13:45', 'ryan', 'in', 0, 'missed', 'e164'],
  ['phone', '03-09 13:46', 'ryan', 'in', 0, 'rejected', 'e164'],
  ['whatsapp', '03-11 20:25', 'ryan', 'in', 0, 'missed', 'jid'],
  ['whatsapp', '03-12 20:00', 'simran', 'out', 655, 'answered', 'jid', { video: true }],
  ['phone', '03-13 17:30', 'dan', 'out', 75, 'answered', 'zeros'],
  ['phone', '03-14 21:24', 'ryan', 'out', 11, 'answered', 'national'],
  ['phone', '03-14 22:05', 'ryan', 'in', 0, 'missed', 'e164'],
  ['phone', '03-14 22:07', 'ryan', 'in', 0, 'missed', 'e164'],
  ['phone', '03-14 22:11', 'ryan', 'in', 0, 'missed', 'e164'],
  ['phone', '03-15 01:10', 'withheld', 'in', 0, 'missed', 'e164'],
  ['whatsapp', '03-15 10:12', 'simran', 'out', 0, 'cancelled', 'jid'],
  ['phone', '03-15 12:05', 'mum', 'in', 903, 'answered', 'e164'],
  ['phone', '03-16 09:02', 'surgery', 'in', 120, 'answered', 'e164'],
  ['phone', '03-17 07:43', 'gareth', 'out', 33, 'answered', 'e164'],
  ['phone', '03-18 10:30', 'solicitor', 'in', 1460, 'answered', 'e164'],
  ['phone', '03-20 15:30', 'journalist', 'out', 0, 'unanswered', 'e164'],
  ['whatsapp', '03-22 19:00', 'kasia', 'in', 420, 'answered', 'jid', { others: ['simran'] }],
  ['facetime', '03-29 18:00', 'tom', 'out', 600, 'answered', 'e164'],
  ['phone', '03-30 13:20', 'garage', 'out', 61, 'answered', 'national'],
  ['whatsapp', '04-05 10:00', 'nain', 'in', 777, 'answered', 'jid', { video: true }],
  ['phone', '04-06 21:05', 'ryan', 'in', 0, 'missed', 'national', { walOnly: true }],
  ['phone', '04-28 11:30', 'solicitor', 'in', 310, 'answered', 'zeros', { walOnly: true }],
  ['whatsapp', '05-02 18:10', 'simran', 'out', 95, 'answered', 'jid', { walOnly: true }],
]

/** The calls, in order of time: those of the core story, and one for every fifty messages besides. FaceTime exists only on iOS. */
export function callsOf(people: readonly Person[], system: System, messages: number, seed: string): StoryCall[] {
  return [...coreCalls(people, system), ...bulkCalls(people, messages, seed)].sort((a, b) => a.at - b.at)
}

const MOST_BULK = 2_000

function bulkCalls(people: readonly Person[], messages: number, seed: string): StoryCall[] {
  const random = randomFrom(`${seed}/calls`)
  const begins = bulkBegins(messages)
  const others = people.filter(({ id, number }) => number && (id.startsWith('crowd') || SPEAKS_OFTEN.has(id)))
  const count = Math.min(MOST_BULK, Math.floor(messages / 50))
  return Array.from({ length: count }, (_, at) => {
    const { id, number } = random.pick(others)
    const app = random.chance(0.3) ? 'whatsapp' : 'phone'
    const direction = random.chance(0.5) ? 'in' : 'out'
    const answered = random.chance(0.75)
    return {
      app,
      person: id,
      address: (app === 'whatsapp' ? number?.jid : number?.[random.pick(['e164', 'national'] as const)]) as string,
      direction,
      at: Math.floor(bulkInstant(begins, (at + random.next()) / count) / 1000) * 1000,
      duration: answered ? 5 + random.below(1_800) : 0,
      outcome: answered ? 'answered' : direction === 'in' ? 'missed' : 'unanswered',
    }
  })
}

const SPEAKS_OFTEN = new Set(['mum', 'tom', 'nain', 'dan', 'simran', 'kasia', 'bilal', 'mei', 'gareth', 'beth'])

function coreCalls(people: readonly Person[], system: System): StoryCall[] {
  const known = new Map(people.map((person) => [person.id, person]))
  const address = (id: string, spelling: Line[6]) => known.get(id)?.number?.[spelling] as string
  return LINES.filter(([app]) => app !== 'facetime' || system === 'ios').map(
    ([app, time, who, direction, duration, outcome, spelling, more]) => ({
      app,
      ...(who === 'withheld' ? {} : { person: who }),
      address: who === 'withheld' ? '' : address(who, spelling),
      direction,
      at: storyInstant(time),
      duration,
      outcome,
      ...(more?.video ? { video: more.video } : {}),
      ...(more?.walOnly ? { walOnly: more.walOnly } : {}),
      ...(more?.others ? { others: more.others.map((each) => address(each, 'jid')) } : {}),
    }),
  )
}
