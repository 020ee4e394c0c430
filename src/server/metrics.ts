import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { openUnder, parsePolicy } from '../tlog/index.ts'
import { POLICY_FILE } from './keep-policy.ts'
import { PATHS } from './paths.ts'
import type { Service } from './service.ts'

/** Seconds that pages take: from a bare one to one that somebody would notice. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/**
 * `/metrics` for Prometheus: how many and how long, by line of the table of routes, and what waits. Labels are closed lists: no case, no person, no
 * address ever becomes one.
 */
export function metrics(app: FastifyInstance, { ops: { store, journal, logFolder, now }, audit }: Service): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const pages = new Counter({
    name: 'peel_pages_total',
    help: 'pages answered, by route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'peel_page_seconds',
    help: 'time to answer, by route',
    labelNames: ['method', 'route'],
    buckets: BUCKETS,
    registers: [registry],
  })
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const route = routeOptions.url ?? 'none'
    pages.inc({ method, route, status: reply.statusCode })
    seconds.observe({ method, route }, reply.elapsedTime / 1000)
  })
  gauge(registry, 'peel_log_running', 'whether the log takes entries', async () => (journal.isRunning() ? 1 : 0))
  gauge(registry, 'peel_log_findings', 'entries of the log that may not stand where they do', async () => audit.found)
  gauge(registry, 'peel_log_witnessed', 'whether enough witnesses have cosigned the checkpoint', async () => {
    const [checkpoint, policy] = await Promise.all(
      ['checkpoint', POLICY_FILE].map((name) => readFile(join(logFolder, name), 'utf8')),
    )
    const { witnesses, ...rest } = parsePolicy(policy ?? '')
    return witnesses.length > 0 && openUnder({ witnesses, ...rest }, checkpoint ?? '').witnessed ? 1 : 0
  })
  gauge(registry, 'peel_statements_waiting', 'events that wait for their place in the log', async () => {
    const { rows } = await store.pool.query('SELECT count(*) AS n FROM statements WHERE leaf IS NULL')
    return rows[0].n
  })
  byWord(
    registry,
    'peel_requests',
    'requests, by status',
    'status',
    'SELECT status AS word, count(*) AS n FROM requests GROUP BY 1',
  )
  byWord(
    registry,
    'peel_extractions',
    'extractions, by state',
    'state',
    'SELECT state AS word, count(*) AS n FROM extractions GROUP BY 1',
  )
  gauge(registry, 'peel_reviews_overdue', 'holdings whose review date has passed', async () => {
    const { rows } = await store.pool.query(
      'SELECT count(*) AS n FROM holdings WHERE destroyed_at IS NULL AND review_on < current_date',
    )
    return rows[0].n
  })
  byWord(
    registry,
    'peel_fleet_tickets',
    'what phones should not hold and is open, by severity',
    'severity',
    'SELECT severity AS word, count(*) AS n FROM fleet_tickets WHERE closed IS NULL GROUP BY 1',
  )
  gauge(registry, 'peel_fleet_tickets_overdue', 'of it what nobody has seen to in time', async () => {
    const { rows } = await store.pool.query(
      'SELECT count(*) AS n FROM fleet_tickets WHERE closed IS NULL AND deadline < $1',
      [now()],
    )
    return rows[0].n
  })
  app.get(PATHS.metrics, async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()))

  function byWord(registers: Registry, name: string, help: string, label: string, query: string): void {
    const measured = new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registers],
      async collect() {
        this.reset()
        for (const { word, n } of (await store.pool.query<{ word: string; n: number }>(query)).rows)
          measured.set({ [label]: word }, n)
      },
    })
  }
}

function gauge(registry: Registry, name: string, help: string, measure: () => Promise<number>): void {
  const measured = new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      measured.set(await measure())
    },
  })
}
