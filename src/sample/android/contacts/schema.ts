/**
 * calllog.db (version 12) and contacts2.db (version 1701) as AOSP's ContactsProvider makes them on Android 15: the tables that
 * hold people and calls, those that hold copies of their names, and the triggers that touch them.
 */
export const CALL_LOG_VERSION = 12
export const CONTACTS_VERSION = 1701

const table = (name: string, columns: string) => `CREATE TABLE ${name} (${columns.replace(/\s*\n\s*/g, '')})`
const PROPERTIES = table('properties', 'property_key TEXT PRIMARY KEY, property_value TEXT ')

export const CALL_LOG_TABLES: readonly string[] = [
  PROPERTIES,
  table(
    'calls',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT,number TEXT,presentation INTEGER NOT NULL DEFAULT 1,
    post_dial_digits TEXT NOT NULL DEFAULT '',via_number TEXT NOT NULL DEFAULT '',date INTEGER,duration INTEGER,
    data_usage INTEGER,type INTEGER,features INTEGER NOT NULL DEFAULT 0,subscription_component_name TEXT,
    subscription_id TEXT,phone_account_address TEXT,phone_account_hidden INTEGER NOT NULL DEFAULT 0,
    sub_id INTEGER DEFAULT -1,new INTEGER,name TEXT,numbertype INTEGER,numberlabel TEXT,countryiso TEXT,
    voicemail_uri TEXT,is_read INTEGER,geocoded_location TEXT,lookup_uri TEXT,matched_number TEXT,
    normalized_number TEXT,photo_id INTEGER NOT NULL DEFAULT 0,photo_uri TEXT,formatted_number TEXT,
    add_for_all_users INTEGER NOT NULL DEFAULT 1,last_modified INTEGER DEFAULT 0,
    call_screening_component_name TEXT,call_screening_app_name TEXT,block_reason INTEGER NOT NULL DEFAULT 0,
    missed_reason INTEGER NOT NULL DEFAULT 0,priority INTEGER NOT NULL DEFAULT 0,subject TEXT,location TEXT,
    composer_photo_uri TEXT,is_call_log_phone_account_migration_pending INTEGER NOT NULL DEFAULT 0,
    is_business_call INTEGER NOT NULL DEFAULT 0,asserted_display_name TEXT,_data TEXT,has_content INTEGER,
    mime_type TEXT,source_data TEXT,source_package TEXT,transcription TEXT,
    transcription_state INTEGER NOT NULL DEFAULT 0,state INTEGER,dirty INTEGER NOT NULL DEFAULT 0,
    deleted INTEGER NOT NULL DEFAULT 0,backed_up INTEGER NOT NULL DEFAULT 0,restored INTEGER NOT NULL DEFAULT 0,
    archived INTEGER NOT NULL DEFAULT 0,is_omtp_voicemail INTEGER NOT NULL DEFAULT 0`,
  ),
  table(
    'voicemail_status',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT,source_package TEXT NOT NULL,phone_account_component_name TEXT,
    phone_account_id TEXT,settings_uri TEXT,voicemail_access_uri TEXT,configuration_state INTEGER,
    data_channel_state INTEGER,notification_channel_state INTEGER,quota_occupied INTEGER DEFAULT -1,
    quota_total INTEGER DEFAULT -1,source_type TEXT`,
  ),
]

const DATA_COLUMNS = Array.from({ length: 15 }, (_, at) => `data${at + 1} TEXT,`).join('')

export const CONTACTS_TABLES: readonly string[] = [
  PROPERTIES,
  table(
    'accounts',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT,account_name TEXT, account_type TEXT, data_set TEXT, sim_slot_index INTEGER,
     sim_ef_type INTEGER, ungrouped_visible INTEGER NOT NULL DEFAULT 0,should_sync INTEGER NOT NULL DEFAULT 1,
    x_is_default INTEGER NOT NULL DEFAULT 0`,
  ),
  table(
    'contacts',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT,name_raw_contact_id INTEGER REFERENCES raw_contacts(_id),
    photo_id INTEGER REFERENCES data(_id),photo_file_id INTEGER REFERENCES photo_files(_id),custom_ringtone TEXT,
    send_to_voicemail INTEGER NOT NULL DEFAULT 0,x_times_contacted INTEGER NOT NULL DEFAULT 0,
    x_last_time_contacted INTEGER,times_contacted INTEGER NOT NULL DEFAULT 0,last_time_contacted INTEGER,
    starred INTEGER NOT NULL DEFAULT 0,pinned INTEGER NOT NULL DEFAULT 0,has_phone_number INTEGER NOT NULL DEFAULT 0,
    lookup TEXT,status_update_id INTEGER REFERENCES data(_id),contact_last_updated_timestamp INTEGER`,
  ),
  table('deleted_contacts', 'contact_id INTEGER PRIMARY KEY,contact_deleted_timestamp INTEGER NOT NULL default 0'),
  table(
    'raw_contacts',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT,account_id INTEGER REFERENCES accounts(_id),sourceid TEXT,backup_id TEXT,
    raw_contact_is_read_only INTEGER NOT NULL DEFAULT 0,version INTEGER NOT NULL DEFAULT 1,
    dirty INTEGER NOT NULL DEFAULT 0,deleted INTEGER NOT NULL DEFAULT 0,metadata_dirty INTEGER NOT NULL DEFAULT 0,
    contact_id INTEGER REFERENCES contacts(_id),aggregation_mode INTEGER NOT NULL DEFAULT 0,
    aggregation_needed INTEGER NOT NULL DEFAULT 1,custom_ringtone TEXT,send_to_voicemail INTEGER NOT NULL DEFAULT 0,
    x_times_contacted INTEGER NOT NULL DEFAULT 0,x_last_time_contacted INTEGER,
    times_contacted INTEGER NOT NULL DEFAULT 0,last_time_contacted INTEGER,starred INTEGER NOT NULL DEFAULT 0,
    pinned INTEGER NOT NULL DEFAULT 0,display_name TEXT,display_name_alt TEXT,
    display_name_source INTEGER NOT NULL DEFAULT 0,phonetic_name TEXT,phonetic_name_style TEXT,sort_key TEXT,
    phonebook_label TEXT,phonebook_bucket INTEGER,sort_key_alt TEXT,phonebook_label_alt TEXT,
    phonebook_bucket_alt INTEGER,name_verified INTEGER NOT NULL DEFAULT 0,sync1 TEXT, sync2 TEXT, sync3 TEXT, sync4 TEXT `,
  ),
  'CREATE INDEX raw_contacts_contact_id_index ON raw_contacts (contact_id)',
  'CREATE INDEX raw_contacts_source_id_account_id_index ON raw_contacts (sourceid, account_id)',
  'CREATE UNIQUE INDEX raw_contacts_backup_id_account_id_index ON raw_contacts (backup_id, account_id)',
  table(
    'photo_files',
    '_id INTEGER PRIMARY KEY AUTOINCREMENT, height INTEGER NOT NULL, width INTEGER NOT NULL, filesize INTEGER NOT NULL',
  ),
  table('packages', '_id INTEGER PRIMARY KEY AUTOINCREMENT,package TEXT NOT NULL'),
  table('mimetypes', '_id INTEGER PRIMARY KEY AUTOINCREMENT,mimetype TEXT NOT NULL'),
  'CREATE UNIQUE INDEX mime_type ON mimetypes (mimetype)',
  table(
    'data',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT,package_id INTEGER REFERENCES package(_id),
    mimetype_id INTEGER REFERENCES mimetype(_id) NOT NULL,raw_contact_id INTEGER REFERENCES raw_contacts(_id) NOT NULL,
    hash_id TEXT,is_read_only INTEGER NOT NULL DEFAULT 0,is_primary INTEGER NOT NULL DEFAULT 0,
    is_super_primary INTEGER NOT NULL DEFAULT 0,data_version INTEGER NOT NULL DEFAULT 0,${DATA_COLUMNS}
    data_sync1 TEXT, data_sync2 TEXT, data_sync3 TEXT, data_sync4 TEXT, carrier_presence INTEGER NOT NULL DEFAULT 0,
     is_preferred_phone_account_migration_pending INTEGER NOT NULL DEFAULT 0,
     preferred_phone_account_component_name TEXT, preferred_phone_account_id TEXT `,
  ),
  'CREATE INDEX data_raw_contact_id ON data (raw_contact_id)',
  'CREATE INDEX data_mimetype_data1_index ON data (mimetype_id,data1)',
  'CREATE INDEX data_hash_id_index ON data (hash_id)',
  table(
    'phone_lookup',
    `data_id INTEGER REFERENCES data(_id) NOT NULL,raw_contact_id INTEGER REFERENCES raw_contacts(_id) NOT NULL,
    normalized_number TEXT NOT NULL,min_match TEXT NOT NULL`,
  ),
  'CREATE INDEX phone_lookup_index ON phone_lookup (normalized_number,raw_contact_id,data_id)',
  'CREATE INDEX phone_lookup_min_match_index ON phone_lookup (min_match,raw_contact_id,data_id)',
  table(
    'name_lookup',
    `data_id INTEGER REFERENCES data(_id) NOT NULL,raw_contact_id INTEGER REFERENCES raw_contacts(_id) NOT NULL,
    normalized_name TEXT NOT NULL,name_type INTEGER NOT NULL,PRIMARY KEY (data_id, normalized_name, name_type)`,
  ),
  'CREATE INDEX name_lookup_raw_contact_id_index ON name_lookup (raw_contact_id)',
  table('visible_contacts', '_id INTEGER PRIMARY KEY'),
  table('default_directory', '_id INTEGER PRIMARY KEY'),
  'CREATE VIRTUAL TABLE search_index USING FTS4 (contact_id INTEGER REFERENCES contacts(_id) NOT NULL,content TEXT, name TEXT, tokens TEXT)',
  'CREATE INDEX raw_contact_sort_key1_index ON raw_contacts (sort_key)',
  'CREATE INDEX raw_contact_sort_key2_index ON raw_contacts (sort_key_alt)',
]

/** Android's collation for names: SQLite without it cannot so much as count the rows by these indices. */
export const PHONEBOOK = [
  { name: 'raw_contacts', from: 'sort_key TEXT,', to: 'sort_key TEXT COLLATE PHONEBOOK,' },
  { name: 'raw_contacts', from: 'sort_key_alt TEXT,', to: 'sort_key_alt TEXT COLLATE PHONEBOOK,' },
] as const

export const CONTACTS_TRIGGERS: readonly string[] = [
  'CREATE TRIGGER raw_contacts_deleted BEFORE DELETE ON raw_contacts BEGIN DELETE FROM data WHERE raw_contact_id=OLD._id; DELETE FROM contacts WHERE _id=OLD.contact_id AND (SELECT COUNT(*) FROM raw_contacts WHERE contact_id=OLD.contact_id)=1; END',
  'CREATE TRIGGER raw_contacts_marked_deleted AFTER UPDATE ON raw_contacts BEGIN UPDATE raw_contacts SET version=OLD.version+1 WHERE _id=OLD._id AND NEW.deleted!= OLD.deleted; END',
  'CREATE TRIGGER data_updated AFTER UPDATE ON data BEGIN UPDATE data SET data_version=OLD.data_version+1 WHERE _id=OLD._id; UPDATE raw_contacts SET version=version+1 WHERE _id=OLD.raw_contact_id; END',
  'CREATE TRIGGER data_deleted BEFORE DELETE ON data BEGIN UPDATE raw_contacts SET version=version+1 WHERE _id=OLD.raw_contact_id; DELETE FROM phone_lookup WHERE data_id=OLD._id; DELETE FROM name_lookup WHERE data_id=OLD._id; END',
]
