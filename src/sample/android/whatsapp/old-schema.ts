/**
 * msgstore.db as WhatsApp kept it from about 2018 to 2021: one wide table of messages with ids as text, quoted messages in a
 * copy of it, and beside them the first tables of the new kind (`jid`, `message_media`, `call_log`).
 */
export const OLD_MSGSTORE_VERSION = 1

const table = (name: string, columns: string) => `CREATE TABLE ${name} (${columns.replace(/\s*\n\s*/g, ' ').trim()})`

const MESSAGE = `_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL, key_from_me INTEGER,
  key_id TEXT NOT NULL, status INTEGER, needs_push INTEGER, data TEXT, timestamp INTEGER, media_url TEXT,
  media_mime_type TEXT, media_wa_type TEXT, media_size INTEGER, media_name TEXT, media_caption TEXT, media_hash TEXT,
  media_duration INTEGER, origin INTEGER, latitude REAL, longitude REAL, thumb_image TEXT, remote_resource TEXT,
  received_timestamp INTEGER, send_timestamp INTEGER, receipt_server_timestamp INTEGER,
  receipt_device_timestamp INTEGER, read_device_timestamp INTEGER, played_device_timestamp INTEGER, raw_data BLOB,
  recipient_count INTEGER, participant_hash TEXT, starred INTEGER, quoted_row_id INTEGER, mentioned_jids TEXT,
  multicast_id TEXT, edit_version INTEGER, media_enc_hash TEXT, payment_transaction_id TEXT, forwarded INTEGER,
  preview_type INTEGER, send_count INTEGER`

export const OLD_MSGSTORE_TABLES: readonly string[] = [
  table('props', '_id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, value TEXT'),
  table('messages', MESSAGE),
  table('messages_quotes', MESSAGE),
  table(
    'messages_links',
    '_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT, message_row_id INTEGER, link_index INTEGER',
  ),
  table(
    'chat_list',
    '_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT UNIQUE, message_table_id INTEGER, subject TEXT, creation INTEGER, last_read_message_table_id INTEGER, archived INTEGER, sort_timestamp INTEGER, unseen_message_count INTEGER',
  ),
  table(
    'group_participants',
    '_id INTEGER PRIMARY KEY AUTOINCREMENT, gjid TEXT NOT NULL, jid TEXT NOT NULL, admin INTEGER, pending INTEGER, sent_sender_key INTEGER',
  ),
  'CREATE UNIQUE INDEX group_participants_index ON group_participants (gjid, jid)',
  table(
    'message_thumbnails',
    'thumbnail BLOB, timestamp DATETIME, key_remote_jid TEXT NOT NULL, key_from_me INTEGER, key_id TEXT NOT NULL',
  ),
  'CREATE UNIQUE INDEX messages_thumbnail_key_index ON message_thumbnails (key_remote_jid, key_from_me, key_id)',
  table('media_refs', '_id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT UNIQUE, ref_count INTEGER'),
  table(
    'message_media',
    'message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER, transferred INTEGER, file_path TEXT, file_size INTEGER, width INTEGER, height INTEGER, mime_type TEXT, file_length INTEGER, media_name TEXT, file_hash TEXT',
  ),
  table(
    'jid',
    '_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL, agent INTEGER, device INTEGER, type INTEGER, raw_string TEXT',
  ),
  'CREATE UNIQUE INDEX jid_raw_string_index ON jid (raw_string)',
  table(
    'call_log',
    '_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER, from_me INTEGER, call_id TEXT, transaction_id INTEGER, timestamp INTEGER, video_call INTEGER, duration INTEGER, call_result INTEGER, bytes_transferred INTEGER, group_jid_row_id INTEGER NOT NULL DEFAULT 0, is_joinable_group_call INTEGER, call_creator_device_jid_row_id INTEGER NOT NULL DEFAULT 0, call_type INTEGER',
  ),
  table(
    'call_log_participant_v2',
    '_id INTEGER PRIMARY KEY AUTOINCREMENT, call_log_row_id INTEGER, jid_row_id INTEGER, call_result INTEGER',
  ),
  'CREATE VIRTUAL TABLE messages_fts USING FTS3()',
]

export const OLD_MSGSTORE_INDICES: readonly string[] = [
  'CREATE UNIQUE INDEX messages_key_index ON messages (key_remote_jid, key_from_me, key_id)',
  'CREATE INDEX messages_jid_id_index ON messages (key_remote_jid, _id)',
  'CREATE INDEX media_type_jid_index ON messages (key_remote_jid, media_wa_type)',
  'CREATE INDEX starred_index ON messages (starred)',
]

export const OLD_MSGSTORE_TRIGGERS: readonly string[] = [
  'CREATE TRIGGER messages_bd_for_messages_quotes_trigger BEFORE DELETE ON messages BEGIN DELETE FROM messages_quotes WHERE _id=old.quoted_row_id; END',
  'CREATE TRIGGER messages_bd_for_messages_fts_trigger BEFORE DELETE ON messages BEGIN DELETE FROM messages_fts WHERE docid=old._id; END',
  'CREATE TRIGGER messages_bd_for_message_media_trigger BEFORE DELETE ON messages BEGIN DELETE FROM message_media WHERE message_row_id=old._id; END',
]
