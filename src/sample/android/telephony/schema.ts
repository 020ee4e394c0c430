/**
 * mmssms.db as AOSP's MmsSmsDatabaseHelper makes it (version 69, Android 15). `pdu` is the table behind the provider's `mms`;
 * there is no table of that name on a phone.
 */
export const MMSSMS_VERSION = 69

const table = (name: string, columns: string) => `CREATE TABLE ${name} (${columns.replace(/\s*\n\s*/g, '')})`

export const MMSSMS_TABLES: readonly string[] = [
  table(
    'pdu',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT,thread_id INTEGER,date INTEGER,date_sent INTEGER DEFAULT 0,msg_box INTEGER,
    read INTEGER DEFAULT 0,m_id TEXT,sub TEXT,sub_cs INTEGER,ct_t TEXT,ct_l TEXT,exp INTEGER,m_cls TEXT,m_type INTEGER,
    v INTEGER,m_size INTEGER,pri INTEGER,rr INTEGER,rpt_a INTEGER,resp_st INTEGER,st INTEGER,tr_id TEXT,retr_st INTEGER,
    retr_txt TEXT,retr_txt_cs INTEGER,read_status INTEGER,ct_cls INTEGER,resp_txt TEXT,d_tm INTEGER,d_rpt INTEGER,
    locked INTEGER DEFAULT 0,sub_id INTEGER DEFAULT -1, seen INTEGER DEFAULT 0,creator TEXT,text_only INTEGER DEFAULT 0`,
  ),
  table(
    'addr',
    `_id INTEGER PRIMARY KEY,msg_id INTEGER,contact_id INTEGER,address TEXT,type INTEGER,charset INTEGER,
    sub_id INTEGER DEFAULT -1`,
  ),
  table(
    'part',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT,mid INTEGER,seq INTEGER DEFAULT 0,ct TEXT,name TEXT,chset INTEGER,cd TEXT,
    fn TEXT,cid TEXT,cl TEXT,ctt_s INTEGER,ctt_t TEXT,_data TEXT,text TEXT,sub_id INTEGER DEFAULT -1`,
  ),
  table('rate', 'sent_time INTEGER,sub_id INTEGER DEFAULT -1'),
  table('drm', '_id INTEGER PRIMARY KEY,_data TEXT,sub_id INTEGER DEFAULT -1'),
  table(
    'sms',
    `_id INTEGER PRIMARY KEY,thread_id INTEGER,address TEXT,person INTEGER,date INTEGER,date_sent INTEGER DEFAULT 0,
    protocol INTEGER,read INTEGER DEFAULT 0,status INTEGER DEFAULT -1,type INTEGER,reply_path_present INTEGER,
    subject TEXT,body TEXT,service_center TEXT,locked INTEGER DEFAULT 0,sub_id INTEGER DEFAULT -1, 
    error_code INTEGER DEFAULT -1, creator TEXT,seen INTEGER DEFAULT 0`,
  ),
  table('attachments', 'sms_id INTEGER,content_url TEXT,offset INTEGER'),
  table(
    'raw',
    `_id INTEGER PRIMARY KEY,date INTEGER,reference_number INTEGER,count INTEGER,sequence INTEGER,
    destination_port INTEGER,address TEXT,sub_id INTEGER DEFAULT -1, pdu TEXT,deleted INTEGER DEFAULT 0,
    message_body TEXT,display_originating_addr TEXT`,
  ),
  table('sr_pending', 'reference_number INTEGER,action TEXT,data TEXT'),
  table('canonical_addresses', '_id INTEGER PRIMARY KEY AUTOINCREMENT,address TEXT,sub_id INTEGER DEFAULT -1'),
  table(
    'threads',
    `_id INTEGER PRIMARY KEY AUTOINCREMENT,date INTEGER DEFAULT 0,message_count INTEGER DEFAULT 0,recipient_ids TEXT,
    snippet TEXT,snippet_cs INTEGER DEFAULT 0,read INTEGER DEFAULT 1,archived INTEGER DEFAULT 0,type INTEGER DEFAULT 0,
    error INTEGER DEFAULT 0,has_attachment INTEGER DEFAULT 0,sub_id INTEGER DEFAULT -1`,
  ),
  table(
    'pending_msgs',
    `_id INTEGER PRIMARY KEY,proto_type INTEGER,msg_id INTEGER,msg_type INTEGER,err_type INTEGER,err_code INTEGER,
    retry_index INTEGER NOT NULL DEFAULT 0,due_time INTEGER,pending_sub_id INTEGER DEFAULT -1, last_try INTEGER`,
  ),
  'CREATE VIEW sms_restricted AS SELECT * FROM sms WHERE type=1 OR type=2',
  'CREATE VIEW pdu_restricted AS SELECT * FROM pdu WHERE (msg_box=1 OR msg_box=2) AND (m_type!=130)',
  'CREATE VIRTUAL TABLE words USING FTS3 (_id INTEGER PRIMARY KEY, index_text TEXT, source_id INTEGER, table_to_use INTEGER, sub_id INTEGER)',
]

/** Made after the rows, as one makes an index over a table that is there already: the same file, in half the time. */
export const MMSSMS_INDICES: readonly string[] = [
  'CREATE INDEX typeThreadIdIndex ON sms (type, thread_id)',
  'CREATE INDEX threadIdDateIndex ON sms (thread_id, date)',
  'CREATE INDEX partMidIndex ON part (mid)',
  'CREATE INDEX addrMsgIdIndex ON addr (msg_id)',
]

/** Some makers' builds give the word index ICU's tokenizer; SQLite without it cannot open the table. */
export const MMSSMS_TOKENIZER = { name: 'words', from: 'sub_id INTEGER)', to: 'sub_id INTEGER, tokenize=icu en_GB)' }

const count = (row: 'new' | 'old') =>
  `UPDATE threads SET message_count = (SELECT COUNT(sms._id) FROM sms LEFT JOIN threads ON threads._id = thread_id ` +
  `WHERE thread_id = ${row}.thread_id AND sms.type != 3) + (SELECT COUNT(pdu._id) FROM pdu LEFT JOIN threads ON ` +
  `threads._id = thread_id WHERE thread_id = ${row}.thread_id AND (m_type=132 OR m_type=130 OR m_type=128) AND ` +
  `msg_box != 3) WHERE threads._id = ${row}.thread_id; `
const read = (table: string, more = '') =>
  `UPDATE threads SET read = CASE (SELECT COUNT(*) FROM ${table} WHERE read = 0 AND thread_id = threads._id${more}) ` +
  `WHEN 0 THEN 1 ELSE 0 END WHERE threads._id = new.thread_id; `
const touch = (snippet: string, charset: string) =>
  `UPDATE threads SET date = (strftime('%s','now') * 1000), snippet = ${snippet}, snippet_cs = ${charset} ` +
  `WHERE threads._id = new.thread_id; `
const SHOWN = 'm_type=132 OR m_type=130 OR m_type=128'
const shownOnly = `WHEN new.m_type=132 OR new.m_type=130 OR new.m_type=128`
const smsChanged = `BEGIN ${touch('new.body', '0')}${count('new')}${read('sms')}END`
const pduChanged = `${shownOnly} BEGIN ${touch('new.sub', 'new.sub_cs')}${count('new')}${read('pdu', ` AND (${SHOWN})`)}END`
const ATTACHED = "ct != 'text/plain' AND new.ct != 'application/smil'"

export const MMSSMS_TRIGGERS: readonly string[] = [
  `CREATE TRIGGER sms_words_update AFTER UPDATE ON sms BEGIN UPDATE words SET index_text = NEW.body WHERE (source_id=NEW._id AND table_to_use=1); END`,
  `CREATE TRIGGER sms_words_delete AFTER DELETE ON sms BEGIN DELETE FROM words WHERE source_id = OLD._id AND table_to_use = 1; END`,
  `CREATE TRIGGER mms_words_update AFTER UPDATE ON part BEGIN UPDATE words SET index_text = NEW.text WHERE (source_id=NEW._id AND table_to_use=2); END`,
  `CREATE TRIGGER mms_words_delete AFTER DELETE ON part BEGIN DELETE FROM words WHERE source_id = OLD._id AND table_to_use = 2; END`,
  `CREATE TRIGGER part_cleanup DELETE ON pdu BEGIN DELETE FROM part WHERE mid=old._id; END`,
  `CREATE TRIGGER addr_cleanup DELETE ON pdu BEGIN DELETE FROM addr WHERE msg_id=old._id; END`,
  `CREATE TRIGGER delete_mms_pending_on_delete AFTER DELETE ON pdu BEGIN DELETE FROM pending_msgs WHERE msg_id=old._id; END`,
  `CREATE TRIGGER sms_update_thread_on_insert AFTER INSERT ON sms ${smsChanged}`,
  `CREATE TRIGGER sms_update_thread_date_subject_on_update AFTER UPDATE OF date, body, type ON sms ${smsChanged}`,
  `CREATE TRIGGER sms_update_thread_read_on_update AFTER UPDATE OF read ON sms BEGIN ${read('sms')}END`,
  `CREATE TRIGGER pdu_update_thread_on_insert AFTER INSERT ON pdu ${pduChanged}`,
  `CREATE TRIGGER pdu_update_thread_date_subject_on_update AFTER UPDATE OF date, sub, msg_box ON pdu ${pduChanged}`,
  `CREATE TRIGGER pdu_update_thread_on_delete AFTER DELETE ON pdu BEGIN UPDATE threads SET date = (strftime('%s','now') * 1000) WHERE threads._id = old.thread_id; ${count('old')}END`,
  `CREATE TRIGGER update_threads_on_insert_part AFTER INSERT ON part WHEN new.${ATTACHED} BEGIN UPDATE threads SET has_attachment=1 WHERE _id IN (SELECT pdu.thread_id FROM part JOIN pdu ON pdu._id=part.mid WHERE part._id=new._id LIMIT 1); END`,
]
