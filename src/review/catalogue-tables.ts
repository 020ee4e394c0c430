import { NO_TIME } from './filter.ts'

/** Goes up whenever the tables, or what is written into them, change: a catalogue of another version is made anew. */
export const CATALOGUE_VERSION = 2

/** What a catalogue's file, and its schema while it is open, is called. */
export const CATALOGUE = 'catalogue'

/**
 * Where every record is, and sums of what every page shows; nothing of what a record says beside the addresses that stand for people and how the phone
 * numbers its conversations. `day` is a day in Britain, `own` stands for the key by which an app knows a message (`ownKey`). `schema` is `main` in a file of its own, and `temp` in the memory of whoever reads the container.
 */
export function catalogueTables(schema: 'main' | 'temp'): string[] {
  return [
    `CREATE TABLE ${schema}.item (seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, app INTEGER NOT NULL, thread INTEGER, at INTEGER NOT NULL,
      media INTEGER NOT NULL, place INTEGER NOT NULL, key INTEGER NOT NULL, own INTEGER)`,
    `CREATE TABLE ${schema}.item_party (party INTEGER, named INTEGER, seq INTEGER, PRIMARY KEY (party, named, seq)) WITHOUT ROWID`,
    `CREATE TABLE ${schema}.app (number INTEGER PRIMARY KEY, name TEXT NOT NULL, n INTEGER NOT NULL)`,
    `CREATE TABLE ${schema}.kind (kind INTEGER PRIMARY KEY, n INTEGER NOT NULL)`,
    `CREATE TABLE ${schema}.day (day INTEGER PRIMARY KEY, n INTEGER NOT NULL)`,
    `CREATE TABLE ${schema}.thread (number INTEGER PRIMARY KEY, app TEXT NOT NULL, file TEXT NOT NULL, threaded INTEGER NOT NULL, n INTEGER NOT NULL,
      first INTEGER NOT NULL, last INTEGER)`,
    `CREATE TABLE ${schema}.party (number INTEGER PRIMARY KEY, person TEXT NOT NULL UNIQUE, n INTEGER NOT NULL, alone INTEGER NOT NULL)`,
    `CREATE TABLE ${schema}.thread_party (thread INTEGER, party INTEGER, n INTEGER NOT NULL, PRIMARY KEY (thread, party)) WITHOUT ROWID`,
    `CREATE TABLE ${schema}.made (version INTEGER NOT NULL, manifest TEXT NOT NULL)`,
  ]
}

/** Afterwards: an index that grows with its table takes four times as long. */
export function catalogueIndexes(schema: 'main' | 'temp'): string[] {
  return [
    // What the commonest questions look at is in the index, so that the records themselves need not be looked at.
    `CREATE INDEX ${schema}.item_at ON item (at, app)`,
    `CREATE INDEX ${schema}.item_kind ON item (kind, at, app)`,
    `CREATE INDEX ${schema}.item_thread ON item (thread, at) WHERE thread IS NOT NULL`,
    `CREATE INDEX ${schema}.item_media ON item (at, app) WHERE media = 1`,
    `CREATE INDEX ${schema}.item_place ON item (at, app) WHERE place = 1`,
    `CREATE INDEX ${schema}.item_key ON item (key)`,
    `CREATE INDEX ${schema}.item_own ON item (own) WHERE own IS NOT NULL`,
    `CREATE INDEX ${schema}.thread_party_party ON thread_party (party)`,
  ]
}

/**
 * What was set apart, and tags: in memory, of one process. The catalogue itself never changes. `apart_*` hold copies of what the catalogue has of the
 * records that were set apart; the views put both together, a compartment (`lane`) at a time: 0 is what was not set apart.
 */
export const OVERLAY = [
  `CREATE TEMP TABLE apart (seq INTEGER PRIMARY KEY, lane INTEGER NOT NULL, kind INTEGER NOT NULL, app INTEGER NOT NULL, thread INTEGER,
    at INTEGER NOT NULL, media INTEGER NOT NULL, place INTEGER NOT NULL, day INTEGER)`,
  'CREATE INDEX temp.apart_lane ON apart (lane, at)',
  'CREATE INDEX temp.apart_thread ON apart (thread)',
  'CREATE INDEX temp.apart_day ON apart (day)',
  `CREATE TEMP TABLE apart_party (party INTEGER, named INTEGER, seq INTEGER, lane INTEGER NOT NULL, thread INTEGER,
    PRIMARY KEY (party, named, seq)) WITHOUT ROWID`,
  'CREATE INDEX temp.apart_party_thread ON apart_party (thread, party)',
  'CREATE INDEX temp.apart_party_seq ON apart_party (seq)',
  'CREATE TEMP TABLE item_tag (tag TEXT, seq INTEGER, PRIMARY KEY (tag, seq)) WITHOUT ROWID',
  'CREATE INDEX temp.item_tag_seq ON item_tag (seq)',
  `CREATE TEMP VIEW lane_kind AS
    SELECT 0 AS lane, kind, n - (SELECT count(*) FROM apart a WHERE a.kind = k.kind) AS n FROM kind k
    UNION ALL SELECT lane, kind, count(*) FROM apart GROUP BY lane, kind`,
  `CREATE TEMP VIEW lane_app AS
    SELECT 0 AS lane, number AS app, n - (SELECT count(*) FROM apart a WHERE a.app = p.number) AS n FROM app p
    UNION ALL SELECT lane, app, count(*) FROM apart GROUP BY lane, app`,
  `CREATE TEMP VIEW lane_day AS
    SELECT 0 AS lane, day, n - (SELECT count(*) FROM apart a WHERE a.day = d.day) AS n FROM day d
    UNION ALL SELECT lane, day, count(*) FROM apart WHERE day IS NOT NULL GROUP BY lane, day`,
  // Of a conversation of which something was set apart, what is left is looked at anew: its first and its last may be gone.
  `CREATE TEMP VIEW lane_thread AS
    SELECT 0 AS lane, number AS thread, n, first, last FROM thread
      WHERE number NOT IN (SELECT thread FROM apart WHERE thread IS NOT NULL)
    UNION ALL SELECT 0, thread, count(*), min(at), max(CASE WHEN at < ${NO_TIME} THEN at END) FROM item
      WHERE thread IN (SELECT thread FROM apart WHERE thread IS NOT NULL) AND seq NOT IN (SELECT seq FROM apart) GROUP BY thread
    UNION ALL SELECT lane, thread, count(*), min(at), max(CASE WHEN at < ${NO_TIME} THEN at END) FROM apart
      WHERE thread IS NOT NULL GROUP BY lane, thread`,
  `CREATE TEMP VIEW lane_thread_party AS
    SELECT 0 AS lane, thread, party, n - (SELECT count(*) FROM apart_party a WHERE a.thread = t.thread AND a.party = t.party) AS n
      FROM thread_party t
    UNION ALL SELECT lane, thread, party, count(*) FROM apart_party WHERE thread IS NOT NULL GROUP BY lane, thread, party`,
  `CREATE TEMP VIEW lane_party AS
    SELECT 0 AS lane, number AS party, n - (SELECT count(*) FROM apart_party a WHERE a.party = p.number) AS n,
      alone - (SELECT count(*) FROM apart_party a WHERE a.party = p.number AND a.thread IS NULL) AS alone FROM party p
    UNION ALL SELECT lane, party, count(*), sum(thread IS NULL) FROM apart_party GROUP BY lane, party`,
]
