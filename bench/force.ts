import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { openService, type OpenService } from '../src/server/index.ts'
import { tellStory } from '../src/story/index.ts'

/** How many of each person of the story there are, 200 together. Of `pc4417` there is `pc4417-0` and so on. */
export const PEOPLE: Readonly<Record<string, number>> = {
  pc4417: 60,
  dc2208: 60,
  insp91: 8,
  insp64: 8,
  ext118: 12,
  exh305: 6,
  rev220: 26,
  dis231: 6,
  csl007: 2,
  rec140: 4,
  iao012: 2,
  dpo001: 2,
  aud009: 2,
  adm003: 2,
}

/** One case in so many is still going on: a copy of one of the story's nine, at any of its stages. The others came to an end and are held. */
const GOING_ON = 20
/** The case of the story that the others are copies of: taken, held, the phone given back. */
const OVER = '43/1187/26'
/** One of so many that are over was destroyed since. */
const DESTROYED = 50

/** What the log of the benches signs as. */
export const BENCH_ORIGIN = 'log.example/bench'

/** Opens a service for the benches on a folder. */
export function openBench(data: string, clock: { at?: Date } = {}): Promise<OpenService> {
  const kioskFolder = join(data, 'kiosk')
  mkdirSync(kioskFolder, { recursive: true })
  return openService({
    data,
    url: 'http://127.0.0.1:0',
    force: 'Bench Police',
    origin: BENCH_ORIGIN,
    version: 'bench',
    signIn: { clientId: 'peel', rolesClaim: 'roles', people: [] },
    now: () => clock.at ?? new Date(),
    failed: (what, error) => {
      throw new Error(what, { cause: error })
    },
    kioskFolder,
    perMinute: 1_000_000_000,
    timers: false,
  })
}

/**
 * A force's data in a folder: the story told by the service itself, and then copied case by case, with everything that hangs on a case and with its
 * entries in the log, until there are as many cases and as many extracts. Copies are made by the database; the log takes each of their entries.
 */
export async function makeForce(data: string, cases: number, extracts: number, note: (text: string) => void) {
  const clock: { at?: Date } = {}
  const opened = await openBench(data, clock)
  try {
    const { ops } = opened.service
    note('telling the story')
    const tool = { name: 'peel', version: '0.0.0', commit: 'unknown' } as const
    await tellStory(ops, { set: (at) => (clock.at = at) }, { tool, end: new Date() })
    delete clock.at
    note('copying it')
    await copies(ops.store.pool, cases, extracts)
    note('its entries come into the log')
    await placed(ops.store.pool)
    await ops.store.pool.query('VACUUM ANALYZE')
  } finally {
    await opened.close()
  }
}

/** The case that a row of each table belongs to. */
const CASE_OF: Readonly<Record<string, string>> = {
  cases: 't.id',
  case_members: 't.case_id',
  devices: 't.case_id',
  custody_events: '(SELECT case_id FROM devices WHERE id = t.device_id)',
  requests: 't.case_id',
  notices: '(SELECT case_id FROM requests WHERE id = t.request_id)',
  agreements: '(SELECT case_id FROM requests WHERE id = t.request_id)',
  decisions: '(SELECT case_id FROM requests WHERE id = t.request_id)',
  extractions: '(SELECT case_id FROM requests WHERE id = t.request_id)',
  holdings: 't.case_id',
  destructions: '(SELECT case_id FROM holdings WHERE extraction_id = t.extraction_id)',
  statements: 't.case_id',
}
/** What there is once a case, however many phones were in it. */
const ONCE_A_CASE = new Set(['cases', 'case_members', 'statements'])

// In what follows `k` is the number of a case, `j` that of a phone in it, `t` the row of the story that is copied.
const base64url = (bytes: string) => `rtrim(translate(encode(${bytes}, 'base64'), '+/', '-_'), '=')`
const PSEUDONYM = base64url(`substr(sha256((t.pseudonym || k)::bytea), 1, 16)`)

/** What is not the same in every copy, beside ids, people and times. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'cases.reference': `'43/' || lpad(k::text, 6, '0') || '/25'`,
  'cases.pseudonym': PSEUDONYM,
  'devices.exhibit': `t.exhibit || CASE j WHEN 0 THEN '' ELSE '/' || j END`,
  'requests.reference': `t.reference || '/' || k || '/' || j`,
  'extractions.receipt_digest': `CASE WHEN NOT going_on THEN sha256((t.id::text || k || '/' || j)::bytea) END`,
  'holdings.review_on': `CASE WHEN going_on THEN t.review_on ELSE current_date - 20 + k % 2000 END`,
  'decisions.leaf': 'NULL',
  'statements.pseudonym': PSEUDONYM,
  'statements.digest': base64url(`sha256((t.digest || k)::bytea)`),
  'statements.n': 'NULL',
  'statements.leaf': 'NULL',
  'statements.authorisation_leaf': `CASE WHEN t.authorisation_leaf IS NOT NULL THEN -1 END`,
}

/** Copies the story in one transaction: until it ends nothing of it is there, and the log waits. */
async function copies(pool: Pool, cases: number, extracts: number): Promise<void> {
  const client = await pool.connect()
  const run = (sql: string, ...values: unknown[]) => client.query(sql, values)
  try {
    await run('BEGIN')
    // Rows are made of rows that belong together: to look for each of them would take longer than to make them.
    await run('SET LOCAL session_replication_role = replica')
    await run(
      `INSERT INTO people (id, name, rank, roles, schedule_3_part, last_signed_in)
       SELECT id || '-' || n, name || ' ' || n, rank, roles, schedule_3_part, last_signed_in
       FROM people JOIN unnest($1::text[], $2::int[]) p(story, many) ON story = id CROSS JOIN LATERAL generate_series(0, many - 1) n`,
      Object.keys(PEOPLE),
      Object.values(PEOPLE),
    )
    // What is going on began in the last fortnight; what is over, in the last five years.
    await run(
      `CREATE TEMPORARY TABLE copies AS
       SELECT k, j, going_on, c.id AS template,
         CASE WHEN going_on THEN (k / $2::int % 168) * interval '2 hours' ELSE (30 + k % 1800) * interval '1 day' END AS ago
       FROM generate_series(1, $1::int) k CROSS JOIN LATERAL (SELECT k % $2 = 0 AS going_on) g
       JOIN (SELECT id, reference, row_number() OVER (ORDER BY reference) - 1 AS nth, count(*) OVER () AS many FROM cases) c
         ON CASE WHEN going_on THEN nth = k / $2 % many ELSE reference = $3 END
       CROSS JOIN LATERAL generate_series(0, CASE WHEN going_on THEN 0 ELSE floor((k + 1) * $4::float) - floor(k * $4) - 1 END::int) j`,
      cases,
      GOING_ON,
      OVER,
      extracts / (cases * (1 - 1 / GOING_ON)),
    )
    const { rows: last } = await run('SELECT max(leaf) AS leaf, max(id) AS id FROM statements')
    for (const table of Object.keys(CASE_OF)) await copy(run, table)
    // Each of their entries will have the next place in the log.
    await run(
      `CREATE TEMPORARY TABLE grants AS SELECT case_id, leaf FROM
         (SELECT case_id, kind, $1::bigint + row_number() OVER (ORDER BY id) AS leaf FROM statements WHERE id > $2) s WHERE kind = 'authorisation.granted'`,
      last[0].leaf,
      last[0].id,
    )
    await run(
      'UPDATE statements s SET authorisation_leaf = g.leaf FROM grants g WHERE s.case_id = g.case_id AND s.authorisation_leaf = -1',
    )
    await run(
      `UPDATE decisions d SET leaf = g.leaf FROM grants g JOIN requests r USING (case_id) WHERE d.request_id = r.id AND d.outcome = 'granted'`,
    )
    await afterwards(run)
    await run('COMMIT')
  } finally {
    client.release(true)
  }
}

type Run = (sql: string, ...values: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>

/** Every row of a table that belongs to a case, for each copy of the case. Ids are made of the copied one's, so that rows find each other. */
async function copy(run: Run, table: string): Promise<void> {
  const { rows } = await run(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_identity = 'NO'`,
    table,
  )
  const columns = rows as unknown as readonly { name: string; type: string }[]
  const values = columns.map(({ name, type }) => {
    const own = OTHERWISE[`${table}.${name}`]
    if (own !== undefined) return own
    if (type === 'uuid')
      return `md5(t.${name} || '/' || k${name === 'case_id' || table === 'cases' ? '' : ` || '/' || j`})::uuid`
    if (type === 'timestamp with time zone') return `t.${name} - ago`
    if (/^(?:person_id|owner_id|actor|.*_by)$/.test(name)) return somebody(name)
    return `t.${name}`
  })
  const once = ONCE_A_CASE.has(table)
  await run(
    `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')}) SELECT ${values.join(', ')}
     FROM ${table} t JOIN copies ON template = ${CASE_OF[table]} ${once ? 'WHERE j = 0' : ''} ORDER BY ${table === 'statements' ? 'k, t.id' : 'k, j'}`,
  )
  await run(`ANALYZE ${table}`)
}

/** Whoever of the force has the part in the copy that somebody has in the story. */
function somebody(column: string): string {
  const who = Object.entries(PEOPLE).map(([id, many]) => `WHEN '${id}' THEN '${id}-' || k % ${many}`)
  return `CASE t.${column} ${who.join(' ')} ELSE t.${column} END`
}

/** What is over ran out, was read by those whose it was to read, and some of it is destroyed. Every reviewer is in the one case whose extract is really there. */
async function afterwards(run: Run): Promise<void> {
  await run(
    `INSERT INTO openings (extraction_id, person_id, purpose, opened_at, ends_at, closed_at)
     SELECT e.id, person_id, 'review', finished_at + interval '1 day', finished_at + interval '28 hours', finished_at + interval '25 hours'
     FROM extractions e JOIN requests r ON r.id = e.request_id JOIN case_members USING (case_id)
     WHERE receipt_digest IS NOT NULL AND capacity IN ('investigator', 'reviewer', 'disclosure_officer')`,
  )
  await run(
    `UPDATE decisions SET ended_at = valid_until, ended_because = 'expired' WHERE valid_until < now() AND outcome = 'granted'`,
  )
  await run(
    `UPDATE requests SET status = 'expired' WHERE status = 'granted' AND EXISTS
       (SELECT 1 FROM decisions d WHERE d.request_id = requests.id AND ended_because = 'expired')`,
  )
  await run(
    `WITH gone AS (
       UPDATE holdings SET destroyed_at = now() - interval '3 days', review_outcome = 'dispose', reviewed_on = current_date - 10
       WHERE extraction_id IN (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM extractions WHERE receipt_digest IS NOT NULL) e WHERE nth % $1 = 0)
       RETURNING extraction_id)
     INSERT INTO destructions (extraction_id, proposed_by, proposed_at, reason, approved_by, approved_at, done_at, certificate)
     SELECT extraction_id, 'rec140-0', now() - interval '6 days', 'Its review decided so.', 'iao012-0', now() - interval '3 days', now() - interval '3 days', '{}'
     FROM gone`,
    DESTROYED,
  )
  await run(
    `INSERT INTO case_members (case_id, person_id, capacity, added_at, added_by)
     SELECT c.id, p.id, 'reviewer', now(), c.opened_by FROM cases c CROSS JOIN people p WHERE reference = $1 AND p.id LIKE 'rev220-%'`,
    OVER,
  )
}

/** Waits until every entry has its place. */
async function placed(pool: Pool): Promise<void> {
  for (;;) {
    const { rows } = await pool.query('SELECT 1 FROM statements WHERE leaf IS NULL LIMIT 1')
    if (rows.length === 0) return
    await pause(200)
  }
}
