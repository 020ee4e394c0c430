import type { Party } from '../../../records/index.ts'
import type { Story } from '../../story/types.ts'
import type { PhoneDatabase } from '../phone-database.ts'

const USER = 0
const GROUP = 1
const LID = 18
const DEVICE = 17
const SELF = 11

/** The rows of `jid`, and of `jid_map`, which says whose pseudonym a `…@lid` is. */
export interface Jids {
  /** row of an address, made when it is asked for first */
  row(address: string): number
  /** row of somebody's first device, from which they call */
  device(address: string): number
  /** row that stands for the device user where they are a member like others */
  readonly self: number
  /** the person behind an address, as the file knows them: by number, and by pseudonym too where `jid_map` has both */
  party(address: string): Party
}

export function makeJids(db: PhoneDatabase, story: Story): Jids {
  const jid = db.into('jid')
  // Not touched where nobody has a pseudonym: then the file is older than these tables.
  const map = db.into('jid_map')
  const displayName = db.into('lid_display_name')
  const rows = new Map<string, number>()
  const parties = new Map<string, Party>()

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
    map({ lid_row_id: row(lid), jid_row_id: row(person.number.jid), sort_id: parties.size + 1 })
    const party = { address: person.number.jid, also: [lid] }
    parties.set(lid, party)
    parties.set(person.number.jid, party)
  }
  const self = jid({ user: 'status_me', server: '', agent: 0, device: 0, type: SELF, raw_string: 'status_me' })
  rows.set('status_me', self)
  return {
    row,
    self,
    device: (address) => {
      const [user = '', server = ''] = address.split('@')
      const raw = `${user}.0:0@${server}`
      const known = rows.get(raw) ?? jid({ user, server, agent: 0, device: 0, type: DEVICE, raw_string: raw })
      rows.set(raw, known)
      return known
    },
    party: (address) => parties.get(address) ?? { address },
  }
}
