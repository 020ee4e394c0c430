import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openService } from '../src/server/index.ts'
import { newToken } from '../src/server/sign-in/cookie.ts'
import { startSession } from '../src/server/sign-in/session.ts'
import { material, place } from './material.ts'
import { type Bench, count, type Figure } from './shape.ts'
import { median } from './timed.ts'

const CASES = 20_000
const HOLDINGS = 50_000
const PEOPLE = 200
/** requests that wait for their answers at any time */
const AT_ONCE = 16
const REQUESTS = 2_000
const PEEL = join(import.meta.dirname, '..', 'bin', 'peel.mjs')
const NOW = () => new Date()

const open = (data: string, url = 'http://127.0.0.1:0') =>
  openService({
    data,
    url,
    force: 'Bench Police',
    origin: 'log.example/bench',
    version: 'bench',
    signIn: { clientId: 'peel', rolesClaim: 'roles', people: [] },
    now: NOW,
    failed: (what, error) => {
      throw new Error(what, { cause: error })
    },
    perMinute: 1_000_000_000,
    timers: false,
  })

/** The service on a force's data: the pages that people open most, against a bare page of the same framework. */
export const service: Bench = {
  name: 'service',
  title: 'The service',
  async run({ runs, scale, note }) {
    const cases = Math.max(100, Math.round(CASES * scale))
    const holdings = Math.max(250, Math.round(HOLDINGS * scale))
    note(`${count(cases)} cases, ${count(holdings)} holdings`)
    const folder = await material(`service-${cases}-${holdings}`, (data) => aForce(data, cases, holdings))
    const opened = await open(folder)
    const figures: Figure[] = []
    try {
      const { app, service } = opened
      const { store } = service.ops
      const first = (sql: string) => store.pool.query(sql).then(({ rows }) => String(rows[0]?.id))
      const one = {
        case: await first(`SELECT case_id AS id FROM case_members WHERE person_id = 'p1' LIMIT 1`),
        device: await first(
          `SELECT d.id FROM devices d JOIN case_members m USING (case_id) WHERE person_id = 'p1' LIMIT 1`,
        ),
        request: await first(
          `SELECT r.id FROM requests r JOIN case_members m USING (case_id) WHERE person_id = 'p1' LIMIT 1`,
        ),
        held: await first(
          `SELECT h.extraction_id AS id FROM holdings h JOIN case_members m USING (case_id) WHERE person_id = 'p1' LIMIT 1`,
        ),
      }
      const PAGES: readonly (readonly [what: string, path: string, who?: string])[] = [
        ['the start page', '/'],
        ['the start page of a records reviewer', '/', 'p0'],
        ['the list of cases', '/cases'],
        ['a search among cases', '/cases?search=43/0001'],
        ['a case', `/cases/${one.case}`],
        ['a device', `/devices/${one.device}`],
        ['a request', `/requests/${one.request}`],
        ['the open cases, second page', '/cases?state=open&page=2'],
        ['what is held, of all', '/retention', 'p0'],
        ['something held', `/retention/${one.held}`, 'p0'],
      ]
      const cookies = new Map<string, string>()
      for (let n = 0; n < PEOPLE; n++) {
        const token = newToken()
        await startSession(store, token, `p${n}`, NOW())
        cookies.set(`p${n}`, `peel=${token}`)
      }
      let bare = ''
      const fastify = (await import('fastify')).default()
      fastify.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(bare))
      const ours = await app.listen({ host: '127.0.0.1', port: 0 })
      const theirs = await fastify.listen({ host: '127.0.0.1', port: 0 })
      try {
        for (const [what, path, who] of PAGES) {
          note(what)
          const everybody =
            who !== undefined || /[0-9a-f]{8}-/.test(path) ? [who ?? 'p1'] : [...cookies.keys()].slice(1)
          const get = (n: number) => page(ours + path, cookies.get(everybody[n % everybody.length] ?? '') ?? '')
          bare = await get(0)
          const requests = Math.max(50, Math.round(REQUESTS * Math.min(1, scale)))
          const measured = { page: [] as Load[], bare: [] as Load[] }
          for (let run = 0; run < runs; run++) {
            measured.page.push(await load(requests, get))
            measured.bare.push(await load(requests, () => page(theirs, '')))
          }
          const of = (kind: 'page' | 'bare', figure: keyof Load) => median(measured[kind].map((one) => one[figure]))
          figures.push({
            what,
            value: of('page', 'perSecond'),
            unit: '/s',
            beside: `p50 ${of('page', 'p50').toFixed(1)} ms, p99 ${of('page', 'p99').toFixed(1)} ms, ${count(Math.round(bare.length / 1024))} KB; a bare page of that size: ${(of('bare', 'perSecond') / of('page', 'perSecond')).toFixed(1)} × as many`,
          })
        }
      } finally {
        await fastify.close()
      }
    } finally {
      await opened.close()
    }
    note('start to first page')
    figures.push(...(await starts(runs)))
    return figures
  },
}

interface Load {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

async function page(url: string, cookie: string): Promise<string> {
  const answer = await fetch(url, { headers: { cookie }, redirect: 'manual', signal: AbortSignal.timeout(60_000) })
  if (answer.status !== 200) throw new Error(`${new URL(url).pathname} was answered with ${answer.status}`)
  return answer.text()
}

/** So many requests, `AT_ONCE` of them under way, for at most ten seconds. */
async function load(requests: number, get: (n: number) => Promise<unknown>): Promise<Load> {
  const took: number[] = []
  const start = performance.now()
  let next = 0
  const visitor = async () => {
    while (next < requests && performance.now() - start < 10_000) {
      const n = next++
      const began = performance.now()
      await get(n)
      took.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, visitor))
  const seconds = (performance.now() - start) / 1000
  took.sort((a, b) => a - b)
  const quantile = (q: number) => took[Math.min(took.length - 1, Math.floor(took.length * q))] ?? Number.NaN
  return { perSecond: took.length / seconds, p50: quantile(0.5), p99: quantile(0.99) }
}

/** From the command to the first page, on an empty folder and again. */
async function starts(runs: number): Promise<Figure[]> {
  const first: number[] = []
  const again: number[] = []
  for (let run = 0; run < runs; run++) {
    const data = place('service-start')
    first.push(await start(data))
    again.push(await start(data))
    rmSync(data, { recursive: true, force: true })
  }
  return [
    { what: 'start to first page, the story told before', value: median(again), unit: 's', target: 5, beside: '' },
    {
      what: 'start to first page, the first time',
      value: median(first),
      unit: 's',
      beside: 'makes its database, its phone and its story',
    },
  ]
}

async function start(data: string): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const began = performance.now()
  const child = spawn(PEEL, ['serve'], {
    env: { ...process.env, PEEL_DATA: data, PEEL_PORT: String(port), PORT: String(port) },
    stdio: 'ignore',
  })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`peel serve ended with ${child.exitCode}`)
      const answer = await fetch(`http://127.0.0.1:${port}/my-phone`).catch(() => undefined)
      if (answer?.status === 200) return (performance.now() - began) / 1000
      if (performance.now() - began > 120_000) throw new Error('peel serve did not start')
      await pause(20)
    }
  } finally {
    child.kill('SIGTERM')
    await gone
  }
}

/** A force's rows, put straight into the tables: cases with members, a device and a request each, and what is held. */
async function aForce(data: string, cases: number, holdings: number): Promise<void> {
  const opened = await open(data)
  const { pool } = opened.service.ops.store
  const run = (sql: string, ...values: unknown[]) => pool.query(sql, values)
  try {
    await run(
      `INSERT INTO people (id, name, rank, roles, schedule_3_part) SELECT 'p' || n, 'Officer ' || n, 'constable',
         CASE WHEN n = 0 THEN ARRAY['records_reviewer'] ELSE ARRAY['investigator'] END, 1 FROM generate_series(0, $1::int) n`,
      PEOPLE - 1,
    )
    await run(
      `INSERT INTO cases (reference, pseudonym, offence, retention_group, opened_at, opened_by)
       SELECT '43/' || lpad(n::text, 6, '0') || '/26', md5('case ' || n), 'Robbery', '3', now() - n * interval '20 minutes',
         'p' || (1 + n % ${PEOPLE - 1}) FROM generate_series(1, $1::int) n`,
      cases,
    )
    await run(`INSERT INTO case_members SELECT id, opened_by, 'investigator', opened_at, opened_by FROM cases`)
    await run(
      `INSERT INTO devices (case_id, exhibit, description, user_role, user_name, created_at)
       SELECT id, 'AH/1', 'a phone', 'victim', 'Somebody', opened_at FROM cases`,
    )
    await run(
      `INSERT INTO custody_events (device_id, kind, happened_at, person_id, place)
       SELECT d.id, k, d.created_at + (CASE k WHEN 'received' THEN interval '0' ELSE interval '5 hours' END), c.opened_by, 'front desk'
       FROM devices d JOIN cases c ON c.id = d.case_id CROSS JOIN unnest(ARRAY['received', 'returned']) k`,
    )
    await run(
      `INSERT INTO requests (case_id, device_id, reference, status, document, requested_by, created_at)
       SELECT d.case_id, d.id, 'AH/1 ' || row_number() OVER (), 'granted', '{"power":"pcsc-2022-s37","purpose":"crime"}', c.opened_by, d.created_at
       FROM devices d JOIN cases c ON c.id = d.case_id`,
    )
    await run(
      `INSERT INTO extractions (request_id, state, source, queued_by, queued_at, finished_at, result)
       SELECT r.id, 'sealed', '{}', r.requested_by, r.created_at, r.created_at, '{"records":{}}'
       FROM generate_series(1, ceil($1::numeric / $2)::int) again CROSS JOIN requests r LIMIT $1`,
      holdings,
      cases,
    )
    await run(
      `INSERT INTO holdings (extraction_id, case_id, object_class, retention_group, person_role, child, created_on, review_on, owner_id)
       SELECT e.id, r.case_id, 'raw_extract', '3', 'victim', false, r.created_at::date,
         current_date + (row_number() OVER () % 2000)::int - 20, r.requested_by
       FROM extractions e JOIN requests r ON r.id = e.request_id`,
    )
    await run('ANALYZE')
  } finally {
    await opened.close()
  }
}
