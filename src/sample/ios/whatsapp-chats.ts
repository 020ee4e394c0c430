import type { Party } from '../../records/index.ts'
import type { Conversation, Person, Story } from '../story/types.ts'
import { appleSeconds } from './apple-time.ts'
import type { Store } from './store.ts'

/** A conversation of `ChatStorage.sqlite`, once it has rows. */
export interface WhatsAppChat {
  readonly row: number
  /** what the conversation is kept under */
  readonly jid: string
  /** what messages say they came from or went to: since pseudonyms, not always what the conversation is kept under */
  readonly other: string
  /** of a group */
  readonly title?: string
  /** rows of ZWAGROUPMEMBER, by place in the conversation's members; none in a conversation of two */
  readonly memberRows: readonly number[]
  readonly parties: readonly Party[]
  /** messages so far */
  counter: number
}

const SESSION = 4
const GROUP_INFO = 5
const MEMBER = 6
const PUSH_NAME = 13
const NEVER_INDEXED = -32_768
const FLAGS = { group: 256, person: 272 }
/** When the groups of the story were made. */
const FOUNDED = Date.UTC(2026, 1, 1)

/** Writes what people call themselves, conversations and the members of groups, the device user among them. */
export function writeWhatsAppChats(store: Store, story: Story): Map<string, WhatsAppChat> {
  writePushNames(store, story.people)
  const known = new Map(story.people.map((person) => [person.id, person]))
  const session = store.into(
    'ZWACHATSESSION',
    [
      'Z_ENT',
      'Z_OPT',
      'ZARCHIVED',
      'ZFLAGS',
      'ZHIDDEN',
      'ZREMOVED',
      'ZSESSIONTYPE',
      'ZSPOTLIGHTSTATUS',
      'ZUNREADCOUNT',
      'ZGROUPINFO',
      'ZCONTACTJID',
      'ZPARTNERNAME',
    ],
    {
      Z_ENT: SESSION,
      Z_OPT: 1,
      ZARCHIVED: 0,
      ZHIDDEN: 0,
      ZREMOVED: 0,
      ZSPOTLIGHTSTATUS: NEVER_INDEXED,
      ZUNREADCOUNT: 0,
    },
  )
  const writeMembers = membersWriter(store, story)
  const chats = new Map<string, WhatsAppChat>()
  for (const conversation of story.conversations.filter(({ app }) => app === 'whatsapp')) {
    const { id, members, group, title, groupJid } = conversation
    const persons = members.map(({ person }) => known.get(person) as Person)
    const [first] = persons
    const jid = (groupJid ?? members[0]?.address) as string
    const partner = group ? (title ?? '') : (first?.name ?? first?.push ?? '')
    const row = session({
      ZFLAGS: group ? FLAGS.group : FLAGS.person,
      ZSESSIONTYPE: group ? 1 : 0,
      ZCONTACTJID: jid,
      ZPARTNERNAME: partner,
    })
    // A conversation under somebody's pseudonym whose messages still name the number: one person, two spellings.
    const other = !group && jid.endsWith('@lid') ? (first?.number?.jid ?? jid) : jid
    chats.set(id, {
      row,
      jid,
      other,
      memberRows: group ? writeMembers(conversation, row, persons) : [],
      parties: members.map(({ address }, at) => {
        const name = group ? savedName(address, persons[at]) : partner
        const party = other === jid ? { address } : { address: other, also: [address] }
        const shown = name || persons[at]?.push
        return shown ? { ...party, name: shown } : party
      }),
      counter: 0,
      ...(group && title ? { title } : {}),
    })
  }
  return chats
}

function membersWriter(store: Store, { owner }: Story) {
  const info = store.into(
    'ZWAGROUPINFO',
    ['Z_ENT', 'Z_OPT', 'ZSTATE', 'ZCHATSESSION', 'ZCREATIONDATE', 'ZCREATORJID'],
    {
      Z_ENT: GROUP_INFO,
      Z_OPT: 1,
      ZSTATE: 0,
      ZCREATIONDATE: appleSeconds(FOUNDED),
    },
  )
  const member = store.into(
    'ZWAGROUPMEMBER',
    [
      'Z_ENT',
      'Z_OPT',
      'ZISACTIVE',
      'ZISADMIN',
      'ZSENDERKEYSENT',
      'ZCHATSESSION',
      'ZCONTACTNAME',
      'ZFIRSTNAME',
      'ZMEMBERJID',
    ],
    { Z_ENT: MEMBER, Z_OPT: 1, ZISACTIVE: 1, ZISADMIN: 0, ZSENDERKEYSENT: 1 },
  )
  return ({ members }: Conversation, chat: number, persons: readonly Person[]): number[] => {
    const group = info({ ZCHATSESSION: chat, ZCREATORJID: members[0]?.address ?? null })
    store.run('UPDATE ZWACHATSESSION SET ZGROUPINFO = ? WHERE Z_PK = ?', group, chat)
    const rows = members.map(({ address }, at) =>
      member({
        ZISADMIN: at === 0 ? 1 : 0,
        ZCHATSESSION: chat,
        ZCONTACTNAME: savedName(address, persons[at]) ?? null,
        ZMEMBERJID: address,
      }),
    )
    member({ ZSENDERKEYSENT: 0, ZCHATSESSION: chat, ZMEMBERJID: owner.number.jid })
    return rows
  }
}

/** People known by a pseudonym have no name of the address book's, only the one they gave themselves. */
function savedName(address: string, person: Person | undefined): string | undefined {
  return address.endsWith('@lid') ? undefined : person?.name
}

function writePushNames(store: Store, people: readonly Person[]): void {
  const insert = store.into('ZWAPROFILEPUSHNAME', ['Z_ENT', 'Z_OPT', 'ZJID', 'ZPUSHNAME'], {
    Z_ENT: PUSH_NAME,
    Z_OPT: 1,
  })
  for (const { push, number, lid } of people) {
    if (push === undefined || !number) continue
    insert({ ZJID: number.jid, ZPUSHNAME: push })
    if (lid !== undefined) insert({ ZJID: `${lid}@lid`, ZPUSHNAME: push })
  }
}
