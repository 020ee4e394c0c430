import type { Story } from '../../story/types.ts'
import type { PhoneDatabase } from '../phone-database.ts'

const USER = 0
const GROUP = 1
const LID = 18

/** The rows of `jid`, and of `jid_map`, which says whose pseudonym a `…@lid` is. */
export interface Jids {
  /** row of an address, made when it is asked for first */
  row(address: string): number
  /** the address that the phone can tell is meant: behind a pseudonym the telephone number, where `jid_map` has it */
  resolved(address: string): string
}

export function makeJids(db: PhoneDatabase, story: Story): Jids {
  const jid = db.into('jid')
  const map = db.into('jid_map')
  const displayName = db.into('lid_display_name')
  const rows = new Map<string, number>()
  const behind = new Map<string, string>()

  const row = (address: string): number => {
    const known = rows.get(address)
    if (known !== undefined) return known
    const [user = '', server = ''] = address.split('@')
    const type = server === 'g.us' ? GROUP : server === 'lid' ? LID : USER
    const made = jid({ user, server, agent: 0, device: 0, type, raw_string: address })
    rows.set(address, made)
    return made
  }

  row(story.owner.number.jid)
  for (const person of story.people) {
    if (person.lid === undefined) continue
    const lid = `${person.lid}@lid`
    if (person.push !== undefined) displayName({ lid_row_id: row(lid), display_name: person.push })
    if (person.number === undefined) continue
    map({ lid_row_id: row(lid), jid_row_id: row(person.number.jid), sort_id: behind.size + 1 })
    behind.set(lid, person.number.jid)
  }
  return { row, resolved: (address) => behind.get(address) ?? address }
}
