import type { DatabaseSync } from 'node:sqlite'
import { IOS_18 } from '../../src/artefacts/ios-sms/schema.fixture.ts'
import { MSGSTORE } from '../../src/artefacts/whatsapp-android/msgstore.ts'
import { CHAT_STORAGE } from '../../src/artefacts/whatsapp-ios/chat-storage.ts'

/** Where the databases of the tests lie. */
export const SMS = 'private/var/mobile/Library/SMS/sms.db'
const GROUP_FOLDER = 'private/var/mobile/Containers/Shared/AppGroup/694FBBC5-2E69-480A-A25B-FF8CC038BEF8'
export const IOS_WHATSAPP = `${GROUP_FOLDER}/ChatStorage.sqlite`
export const IOS_WHATSAPP_MEDIA = `${GROUP_FOLDER}/Message`
export const IOS_WHATSAPP_FOLDER = GROUP_FOLDER
export const ANDROID_WHATSAPP = 'data/data/com.whatsapp/databases/msgstore.db'
export const ADDRESS_BOOK = 'private/var/mobile/Library/AddressBook/AddressBook.sqlitedb'
export const DCIM = 'private/var/mobile/Media/DCIM/100APPLE'
export const PHOTOS = 'private/var/mobile/Media/PhotoData/Photos.sqlite'

/** People, in the ranges kept for drama. */
export const SAM = '+447700900123'
export const KIM = '+447700900456'
export const PAT = '+447700900789'

/** 2026-03-01T12:00:00Z and minutes after it, as iOS and Android count. */
const NOON = Date.UTC(2026, 2, 1, 12)
export const nanoseconds = (minute: number) => BigInt(NOON + minute * 60_000 - 978_307_200_000) * 1_000_000n
export const seconds2001 = (minute: number) => (NOON + minute * 60_000 - 978_307_200_000) / 1000
export const milliseconds = (minute: number) => NOON + minute * 60_000
export const iso = (minute: number) => new Date(NOON + minute * 60_000).toISOString()

/** Between two minutes after noon. */
export const between = (from: number, to: number) => ({ from: iso(from), to: iso(to) })

export interface Sms {
  readonly with?: 1 | 2 | 3
  readonly text?: string | null
  readonly minute?: number | null
  readonly mine?: boolean
  readonly chat?: number
  readonly more?: Readonly<Record<string, string | number | bigint | Uint8Array | null>>
}

/** An sms.db of iOS 18 with three people, a conversation with each (chats 1 to 3) and a group of all (chat 4). */
export function smsDatabase(messages: readonly Sms[], fill?: (database: DatabaseSync) => void) {
  return [
    `${IOS_18}
    INSERT INTO handle (ROWID, id, service) VALUES (1, '${SAM}', 'iMessage'), (2, '${KIM}', 'iMessage'), (3, '${PAT}', 'iMessage');
    INSERT INTO chat (ROWID, guid, style, chat_identifier, display_name) VALUES
      (1, 'iMessage;-;${SAM}', 45, '${SAM}', NULL), (2, 'iMessage;-;${KIM}', 45, '${KIM}', NULL),
      (3, 'iMessage;-;${PAT}', 45, '${PAT}', NULL), (4, 'iMessage;+;chat4', 43, 'chat4', 'Sunday football');
    INSERT INTO chat_handle_join VALUES (1, 1), (2, 2), (3, 3), (4, 1), (4, 2), (4, 3);`,
    (database: DatabaseSync) => {
      messages.forEach(({ with: handle = 1, text = null, minute = 0, mine = false, chat, more = {} }, at) => {
        const values = {
          ROWID: at + 1,
          guid: `G${at + 1}`,
          text,
          service: 'iMessage',
          date: minute === null ? null : nanoseconds(minute),
          is_from_me: mine ? 1 : 0,
          handle_id: handle,
          ...more,
        }
        const names = Object.keys(values)
        database
          .prepare(`INSERT INTO message (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
          .run(...Object.values(values))
        database
          .prepare('INSERT INTO chat_message_join (chat_id, message_id) VALUES (?, ?)')
          .run(chat ?? handle, at + 1)
      })
      fill?.(database)
    },
  ] as const
}

const jid = (number: string) => `${number.slice(1)}@s.whatsapp.net`
export const SAM_JID = jid(SAM)
export const KIM_JID = jid(KIM)
export const GROUP_JID = '120363000000000001@g.us'

/** ChatStorage.sqlite with Sam (chat 1), Kim (chat 2) and a group of both (chat 3). */
export const chatStorage = (sql: string) => `${CHAT_STORAGE}
  INSERT INTO ZWACHATSESSION (Z_PK, ZCONTACTJID, ZPARTNERNAME, ZSESSIONTYPE) VALUES
    (1, '${SAM_JID}', NULL, 0), (2, '${KIM_JID}', NULL, 0), (3, '${GROUP_JID}', 'Sunday football', 1);
  INSERT INTO ZWAGROUPMEMBER (Z_PK, ZCHATSESSION, ZMEMBERJID, ZISACTIVE) VALUES (1, 3, '${SAM_JID}', 1), (2, 3, '${KIM_JID}', 1);
  ${sql}`

/** msgstore.db with Sam (jid 2, chat 1), Kim (jid 3, chat 2), Kim's pseudonym (jid 5, chat 4) and a group of both (jid 4, chat 3). */
export const msgstore = (sql: string) => `${MSGSTORE}
  INSERT INTO jid (_id, user, server, type, raw_string) VALUES (1, 'status_me', '', 11, 'status_me'),
    (2, '${SAM.slice(1)}', 's.whatsapp.net', 0, '${SAM_JID}'), (3, '${KIM.slice(1)}', 's.whatsapp.net', 0, '${KIM_JID}'),
    (4, '120363000000000001', 'g.us', 1, '${GROUP_JID}'), (5, '205690463334636', 'lid', 18, '205690463334636@lid');
  INSERT INTO jid_map (lid_row_id, jid_row_id) VALUES (5, 3);
  INSERT INTO chat (_id, jid_row_id, subject) VALUES (1, 2, NULL), (2, 3, NULL), (3, 4, 'Sunday football'), (4, 5, NULL);
  INSERT INTO group_participant_user (group_jid_row_id, user_jid_row_id) VALUES (4, 1), (4, 2), (4, 3);
  ${sql}`
