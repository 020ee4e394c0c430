/**
 * msgstore.db as WhatsApp for Android has kept it since 2022 (no `messages` table any more, `jid_map` since pseudonyms came):
 * every table that holds a message, a party, a call or a copy of text, with the columns of a real one. Tables of payments,
 * shops, labels and receipts of devices are left out.
 */
export const MSGSTORE_VERSION = 1

const table = (name: string, columns: string) => `CREATE TABLE ${name} (${columns.replace(/\s*\n\s*/g, ' ').trim()})`

export const MSGSTORE_TABLES: readonly string[] = [
  table('props', '_id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, value TEXT'),
  table(
    'jid',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL, agent INTEGER, device INTEGER,
    type INTEGER, raw_string TEXT`,
  ),
  table('jid_map', 'lid_row_id INTEGER PRIMARY KEY NOT NULL, jid_row_id INTEGER NOT NULL, sort_id INTEGER'),
  table('lid_display_name', 'lid_row_id INTEGER PRIMARY KEY, display_name TEXT, username TEXT'),
  table(
    'chat',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, hidden INTEGER, subject TEXT,
    created_timestamp INTEGER, display_message_row_id INTEGER, last_message_row_id INTEGER,
    last_read_message_row_id INTEGER, last_read_receipt_sent_message_row_id INTEGER,
    last_important_message_row_id INTEGER, archived INTEGER, sort_timestamp INTEGER, mod_tag INTEGER, gen REAL,
    spam_detection INTEGER, unseen_earliest_message_received_time INTEGER, unseen_message_count INTEGER,
    unseen_missed_calls_count INTEGER, unseen_row_count INTEGER, plaintext_disabled INTEGER, vcard_ui_dismissed INTEGER,
    change_number_notified_message_row_id INTEGER, show_group_description INTEGER, ephemeral_expiration INTEGER,
    last_read_ephemeral_message_row_id INTEGER, ephemeral_setting_timestamp INTEGER,
    ephemeral_disappearing_messages_initiator INTEGER, unseen_important_message_count INTEGER NOT NULL DEFAULT 0,
    group_type INTEGER NOT NULL DEFAULT 0, last_message_reaction_row_id INTEGER,
    last_seen_message_reaction_row_id INTEGER, unseen_message_reaction_count INTEGER, growth_lock_level INTEGER,
    growth_lock_expiration_ts INTEGER, last_read_message_sort_id INTEGER, display_message_sort_id INTEGER,
    last_message_sort_id INTEGER, last_read_receipt_sent_message_sort_id INTEGER, account_jid_row_id INTEGER`,
  ),
  table(
    'message',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL,
    key_id TEXT NOT NULL, sender_jid_row_id INTEGER, status INTEGER, broadcast INTEGER, recipient_count INTEGER,
    participant_hash TEXT, origination_flags INTEGER, origin INTEGER, timestamp INTEGER, received_timestamp INTEGER,
    receipt_server_timestamp INTEGER, message_type INTEGER, text_data TEXT, starred INTEGER, lookup_tables INTEGER,
    message_add_on_flags INTEGER, view_mode INTEGER, sort_id INTEGER NOT NULL DEFAULT 0, translated_text TEXT`,
  ),
  table(
    'message_edit_info',
    `message_row_id INTEGER PRIMARY KEY, original_key_id TEXT NOT NULL, edited_timestamp INTEGER NOT NULL,
    sender_timestamp INTEGER NOT NULL`,
  ),
  table(
    'message_revoked',
    'message_row_id INTEGER PRIMARY KEY, revoked_key_id TEXT NOT NULL, admin_jid_row_id INTEGER, revoke_timestamp INTEGER',
  ),
  table(
    'message_quoted',
    `message_row_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL,
    parent_message_chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL, sender_jid_row_id INTEGER,
    key_id TEXT NOT NULL, timestamp INTEGER, message_type INTEGER, origin INTEGER, text_data TEXT,
    payment_transaction_id TEXT, lookup_tables INTEGER`,
  ),
  table('message_quoted_text', 'message_row_id INTEGER PRIMARY KEY, thumbnail BLOB'),
  table(
    'message_quoted_media',
    `message_row_id INTEGER PRIMARY KEY, media_job_uuid TEXT, transferred INTEGER, file_path TEXT, file_size INTEGER,
    media_key BLOB, media_key_timestamp INTEGER, width INTEGER, height INTEGER, direct_path TEXT, message_url TEXT,
    mime_type TEXT, file_length INTEGER, media_name TEXT, file_hash TEXT, media_duration INTEGER, page_count INTEGER,
    enc_file_hash TEXT, thumbnail BLOB`,
  ),
  table(
    'message_media',
    `message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER, autotransfer_retry_enabled INTEGER, multicast_id TEXT,
    media_job_uuid TEXT, transferred INTEGER, transcoded INTEGER, file_path TEXT, file_size INTEGER,
    suspicious_content INTEGER, trim_from INTEGER, trim_to INTEGER, face_x INTEGER, face_y INTEGER, media_key BLOB,
    media_key_timestamp INTEGER, width INTEGER, height INTEGER, has_streaming_sidecar INTEGER, gif_attribution INTEGER,
    thumbnail_height_width_ratio REAL, direct_path TEXT, first_scan_sidecar BLOB, first_scan_length INTEGER,
    message_url TEXT, mime_type TEXT, file_length INTEGER, media_name TEXT, file_hash TEXT, media_duration INTEGER,
    page_count INTEGER, enc_file_hash TEXT, partial_media_hash TEXT, partial_media_enc_hash TEXT,
    is_animated_sticker INTEGER, original_file_hash TEXT, mute_video INTEGER DEFAULT 0, media_caption TEXT`,
  ),
  table('message_thumbnail', 'message_row_id INTEGER PRIMARY KEY, thumbnail BLOB'),
  table('media_hash_thumbnail', 'media_hash TEXT PRIMARY KEY, thumbnail BLOB'),
  table('media_refs', '_id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT UNIQUE, ref_count INTEGER'),
  table(
    'message_location',
    `message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER, latitude REAL, longitude REAL, place_name TEXT,
    place_address TEXT, url TEXT, live_location_share_duration INTEGER, live_location_sequence_number INTEGER,
    live_location_final_latitude REAL, live_location_final_longitude REAL, live_location_final_timestamp INTEGER,
    map_download_status INTEGER`,
  ),
  table(
    'message_text',
    `message_row_id INTEGER PRIMARY KEY, description TEXT, page_title TEXT, url TEXT, font_style INTEGER,
    text_color INTEGER, background_color INTEGER, preview_type INTEGER, invite_link_group_type INTEGER NOT NULL DEFAULT 0`,
  ),
  table(
    'message_link',
    '_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER, message_row_id INTEGER, link_index INTEGER',
  ),
  table('message_forwarded', 'message_row_id INTEGER PRIMARY KEY, forward_score INTEGER'),
  table(
    'message_mentions',
    '_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, jid_row_id INTEGER, display_name TEXT',
  ),
  table('message_vcard', '_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, vcard TEXT'),
  table(
    'message_future',
    'message_row_id INTEGER PRIMARY KEY, version INTEGER, data BLOB, future_message_type INTEGER',
  ),
  table(
    'message_ephemeral',
    'message_row_id INTEGER PRIMARY KEY, duration INTEGER NOT NULL, expire_timestamp INTEGER NOT NULL',
  ),
  table('message_system', 'message_row_id INTEGER PRIMARY KEY, action_type INTEGER NOT NULL'),
  table('message_system_group', 'message_row_id INTEGER PRIMARY KEY, is_me_joined INTEGER'),
  table('message_system_value_change', 'message_row_id INTEGER PRIMARY KEY, old_data TEXT'),
  table('message_system_chat_participant', 'message_row_id INTEGER, user_jid_row_id INTEGER'),
  table(
    'message_add_on',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER, from_me INTEGER, key_id TEXT NOT NULL,
    sender_jid_row_id INTEGER, parent_message_row_id INTEGER, received_timestamp INTEGER, timestamp INTEGER,
    status INTEGER, message_add_on_type INTEGER`,
  ),
  table(
    'message_add_on_reaction',
    'message_add_on_row_id INTEGER PRIMARY KEY, reaction TEXT, sender_timestamp INTEGER',
  ),
  table(
    'group_participant_user',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT, group_jid_row_id INTEGER NOT NULL, user_jid_row_id INTEGER NOT NULL,
    rank INTEGER, pending INTEGER`,
  ),
  table(
    'receipt_user',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER NOT NULL, receipt_user_jid_row_id INTEGER NOT NULL,
    receipt_timestamp INTEGER, read_timestamp INTEGER, played_timestamp INTEGER`,
  ),
  table(
    'call_log',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER, from_me INTEGER, call_id TEXT, transaction_id INTEGER,
    timestamp INTEGER, video_call INTEGER, duration INTEGER, call_result INTEGER, bytes_transferred INTEGER,
    group_jid_row_id INTEGER NOT NULL DEFAULT 0, is_joinable_group_call INTEGER,
    call_creator_device_jid_row_id INTEGER NOT NULL DEFAULT 0, call_random_id TEXT, call_link_row_id INTEGER NOT NULL DEFAULT 0,
    call_type INTEGER, offer_silence_reason INTEGER, scheduled_id TEXT`,
  ),
  table(
    'call_log_participant_v2',
    '_id INTEGER PRIMARY KEY AUTOINCREMENT, call_log_row_id INTEGER, jid_row_id INTEGER, call_result INTEGER',
  ),
  table(
    'deleted_chat_job',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL, block_size INTEGER,
    deleted_message_row_id INTEGER, deleted_starred_message_row_id INTEGER, deleted_messages_remove_files BOOLEAN,
    deleted_categories_message_row_id INTEGER, deleted_categories_starred_message_row_id INTEGER,
    deleted_categories_remove_files BOOLEAN, deleted_message_categories TEXT`,
  ),
  'CREATE VIRTUAL TABLE message_ftsv2 USING FTS4(content, fts_jid, fts_namespace)',
  'CREATE UNIQUE INDEX jid_raw_string_index ON jid (raw_string)',
  'CREATE INDEX jid_map_jid_row_id_index ON jid_map (jid_row_id)',
  'CREATE UNIQUE INDEX group_participant_user_index ON group_participant_user (group_jid_row_id, user_jid_row_id)',
  'CREATE UNIQUE INDEX call_log_key_index ON call_log (jid_row_id, from_me, call_id, transaction_id)',
  `CREATE VIEW available_message_view AS SELECT message.*, chat.jid_row_id AS chat_jid_row_id FROM message
    LEFT JOIN deleted_chat_job AS job ON job.chat_row_id = message.chat_row_id LEFT JOIN chat ON chat._id = message.chat_row_id
    WHERE IFNULL(NOT (message._id <= IFNULL(job.deleted_message_row_id, -9223372036854775808)), 1)`.replace(
    /\s*\n\s*/g,
    ' ',
  ),
]

/** Made after the rows: the same file, sooner. */
export const MSGSTORE_INDICES: readonly string[] = [
  'CREATE UNIQUE INDEX message_key_index ON message (chat_row_id, from_me, key_id, sender_jid_row_id)',
  'CREATE INDEX message_chat_sort_id_index ON message (chat_row_id, sort_id)',
  'CREATE INDEX message_sort_id_index ON message (sort_id)',
  'CREATE INDEX message_chat_id_index ON message (chat_row_id,_id)',
  'CREATE INDEX message_type_index ON message(message_type)',
  'CREATE INDEX message_media_chat_index ON message_media(chat_row_id)',
  'CREATE INDEX message_media_hash_index ON message_media(file_hash)',
  'CREATE INDEX message_link_index ON message_link(message_row_id)',
  'CREATE INDEX message_add_on_parent_index ON message_add_on(parent_message_row_id)',
  'CREATE INDEX receipt_user_index ON receipt_user(message_row_id)',
]

const SATELLITES = [
  'message_edit_info',
  'message_revoked',
  'message_quoted',
  'message_media',
  'message_thumbnail',
  'message_location',
  'message_text',
  'message_link',
  'message_forwarded',
  'message_mentions',
  'message_vcard',
  'message_future',
  'message_ephemeral',
  'message_system',
  'receipt_user',
]

export const MSGSTORE_TRIGGERS: readonly string[] = [
  ...SATELLITES.map(
    (name) =>
      `CREATE TRIGGER message_bd_for_${name}_trigger BEFORE DELETE ON message BEGIN DELETE FROM ${name} WHERE message_row_id=old._id; END`,
  ),
  'CREATE TRIGGER message_bd_for_message_ftsv2_trigger BEFORE DELETE ON message BEGIN DELETE FROM message_ftsv2 WHERE docid=old._id; END',
  'CREATE TRIGGER message_bd_for_message_add_on_trigger BEFORE DELETE ON message BEGIN DELETE FROM message_add_on WHERE parent_message_row_id=old._id; END',
  'CREATE TRIGGER message_quoted_bd_for_message_quoted_text_trigger BEFORE DELETE ON message_quoted BEGIN DELETE FROM message_quoted_text WHERE message_row_id=old.message_row_id; END',
]
