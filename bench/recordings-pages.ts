import { type Class, CLASSES } from '../src/recordings/index.ts'
import type { Service } from '../src/server/index.ts'
import { newToken } from '../src/server/sign-in/cookie.ts'
import { startSession } from '../src/server/sign-in/session.ts'
import { openBench } from './force.ts'
import { material } from './material.ts'
import { type Bench, count, type Figure } from './shape.ts'
import { median } from './timed.ts'
import { type Load, visit, type Visit } from './visitors.ts'

const RECORDINGS = 200_000
/** Of one row, sealed: path, call, facts, reasons, and the key of the recording. */
const SEALED_BYTES = 1100
const PHONES = 432
const PAGE_MS = 300
/** one person at a time, as few people work on an archive */
const VISITS = 60
const BEFORE = 10
const LONGEST = 30_000

/** Of 32: how often a class and its reasons come. */
const SHARES: readonly (readonly [share: number, found: Class, ...codes: string[]])[] = [
  [1, 'A', 'operation'],
  [1, 'B', 'own_case'],
  [1, 'B', 'live_case', 'holder_unknown'],
  [1, 'C', 'protected_number'],
  [2, 'D', 'number_unknown'],
  [2, 'D', 'holder_unknown', 'time_unknown'],
  [22, 'E', 'no_tie'],
  [2, 'F', 'exact_copy'],
]

/** Lists of an archive's recordings, as those who decide on them open them, by class and otherwise. */
export const reviewPageOfRecordings: Bench = {
  name: 'review-page-of-recordings',
  title: 'Pages of call recordings',
  async run({ runs, scale, note }) {
    const recordings = Math.max(1000, Math.round(RECORDINGS * scale))
    note(`${count(recordings)} recordings`)
    const folder = await material(`archive-rows-${recordings}`, (data) => makeRows(data, recordings))
    const opened = await openBench(folder)
    try {
      const url = await opened.app.listen({ host: '127.0.0.1', port: 0 })
      const cookie = await signedIn(opened.service)
      const { rows } = await opened.service.ops.store.pool.query('SELECT id FROM archives')
      const here = `/archives/${String(rows[0]?.id)}`
      const list = `${here}/recordings?`
      // From the first page and from the middle: ids are marks, and spread evenly.
      const ofClass = CLASSES.flatMap((one) => [`${list}class=${one}`, `${list}class=${one}&after=${'8'.repeat(32)}`])
      const pages: readonly (readonly [what: string, paths: readonly string[], target?: number])[] = [
        ['a page of any class', ofClass, PAGE_MS],
        ['of one phone or month', [`${list}phone=7`, `${list}month=2018-03`, `${list}class=E&phone=7`], PAGE_MS],
        ['for one reason, common or rare', [`${list}code=no_tie`, `${list}code=hold`], PAGE_MS],
        ['what waits, first deadline first', [`${here}/waiting`], PAGE_MS],
        ['all counted by class and reason', [`${here}/recordings`]],
      ]
      const figures: Figure[] = []
      for (const [what, paths, target] of pages) {
        note(what)
        const visits = paths.map((path) => ({ path, cookie }))
        figures.push(...(await measured(`${count(recordings)} recordings: ${what}`, { url, visits }, runs, target)))
      }
      return figures
    } finally {
      await opened.close()
    }
  },
}

async function measured(
  what: string,
  { url, visits }: { url: string; visits: readonly Visit[] },
  runs: number,
  target: number | undefined,
): Promise<Figure[]> {
  await visit({ url, visits, many: BEFORE, atOnce: 1, longest: LONGEST })
  const loads: Load[] = []
  for (let run = 0; run < runs; run++)
    loads.push(await visit({ url, visits, many: VISITS, atOnce: 1, longest: LONGEST }))
  const of = (figure: 'p50' | 'p99') => median(loads.map((one) => one[figure]))
  return [
    { what, value: of('p50'), unit: 'ms', ...(target !== undefined && { target }), beside: '' },
    { what: `${what}: 99 of 100`, value: of('p99'), unit: 'ms', ...(target !== undefined && { target }), beside: '' },
  ]
}

/** Rows of an archive as matching leaves them; what is sealed in them is noise of its size, which no list opens. */
async function makeRows(data: string, recordings: number): Promise<void> {
  const opened = await openBench(data)
  try {
    const { pool } = opened.service.ops.store
    await pool.query(`INSERT INTO people (id, name, roles) VALUES ('dis231', 'Bench', '{disclosure_officer}')`)
    const { rows } = await pool.query(
      `INSERT INTO archives (title, collected_as, state, opened_by, opened_at, matched_at, matching)
       VALUES ('Bench', 'bench', 'matched', 'dis231', now(), now(), 1) RETURNING id`,
    )
    const shares = SHARES.flatMap(([share, found, ...codes]) =>
      Array.from({ length: share }, (): [Class, string] => [found, codes.join(' ')]),
    )
    await pool.query(
      `INSERT INTO archive_items (archive_id, id, sha256, bytes, phone, month, recorder, container, audio, duration_ms, generation, sealed,
         class, codes, waits_since, deadline)
       SELECT $1, md5('item' || n), encode(sha256(n::text::bytea), 'hex'), 288000, 1 + n % ${PHONES},
         to_char(date '2016-09-01' + (n % 1400), 'YYYY-MM'), 'acr', 'amr', 'whole', 180000, 1,
         decode(repeat(md5(n::text), ${Math.round(SEALED_BYTES / 16)}), 'hex'),
         ($2::text[])[1 + n % 32], CASE WHEN n % 20011 = 0 THEN '{hold}' ELSE string_to_array(($3::text[])[1 + n % 32], ' ') END,
         CASE WHEN ($2::text[])[1 + n % 32] IN ('C', 'D') THEN now() END,
         CASE WHEN ($2::text[])[1 + n % 32] IN ('C', 'D') THEN now() + (n % 28 || ' days')::interval END
       FROM generate_series(1, $4::integer) n`,
      [rows[0]?.id, shares.map(([found]) => found), shares.map(([, codes]) => codes), recordings],
    )
    // As after a matching.
    await pool.query('VACUUM ANALYZE archive_items')
  } finally {
    await opened.close()
  }
}

async function signedIn({ ops }: Service): Promise<string> {
  const token = newToken()
  await startSession(ops.store, token, 'dis231', ops.now())
  return `peel=${token}`
}
