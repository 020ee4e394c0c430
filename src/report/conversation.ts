import type { Message, Party, PeelRecord } from '../records/index.ts'

/** People of one conversation that are named; a list of more would hide what it is about. */
export const PEOPLE_AT_MOST = 50

/** What is known of one conversation from the messages taken from it. */
export class Conversation {
  readonly key: string
  readonly app: string
  readonly file: string
  /** whether the phone gives it a key of its own */
  readonly threaded: boolean
  name: string | undefined
  /** by the person behind the address, in the order in which they appear */
  readonly people = new Map<string, Party>()
  /** people beyond those that are named */
  unnamed = 0
  count = 0
  context = 0
  first: string | undefined
  last: string | undefined

  constructor(key: string, record: PeelRecord & Message) {
    this.key = key
    this.app = record.app
    this.file = record.provenance.file
    this.threaded = record.thread !== undefined
  }

  /** The same for all messages of one conversation. */
  static keyOf({ app, provenance, thread }: PeelRecord & Message): string {
    return JSON.stringify([app, provenance.file, thread ?? null])
  }

  /** Counts one more message of it. `person` reduces an address to who is behind it. */
  add(record: PeelRecord & Message, person: (address: string) => string): void {
    this.count++
    if (record.context) this.context++
    this.name ??= record.thread_name
    if (record.time !== undefined) {
      if (this.first === undefined || record.time < this.first) this.first = record.time
      if (this.last === undefined || record.time > this.last) this.last = record.time
    }
    for (const party of record.from ? [record.from, ...record.to] : record.to) {
      const who = person(party.address)
      const known = this.people.get(who)
      if (known === undefined && this.people.size >= PEOPLE_AT_MOST) this.unnamed++
      else if (known === undefined || (known.name === undefined && party.name !== undefined))
        this.people.set(who, party)
    }
  }
}
