import { makeForce, openBench } from './force.ts'
import { material } from './material.ts'
import { pagesOf } from './pages.ts'
import { type Bench, count, type Figure } from './shape.ts'
import { starts } from './starts.ts'
import { median } from './timed.ts'
import { type Load, visit, type Visit } from './visitors.ts'

const CASES = 20_000
const EXTRACTS = 50_000
/** requests that wait for their answers at any time */
const AT_ONCE = 16
const REQUESTS = 2_000
/** visits before it counts: what is compiled, and what a database reads from the disk, is then */
const BEFORE = 300
const LONGEST = 10_000
/** pages that are looked at for how long they are */
const SAMPLED = 15

/** The service on a force's data: the ten pages that people open most, each beside a bare page of its size from the same framework. */
export const service: Bench = {
  name: 'service',
  title: 'The service',
  async run({ runs, scale, note }) {
    const cases = Math.max(200, Math.round(CASES * scale))
    const extracts = Math.max(500, Math.round(EXTRACTS * scale))
    note(`${count(cases)} cases, ${count(extracts)} extracts`)
    const folder = await material(`force-${cases}-${extracts}`, (data) => makeForce(data, cases, extracts, note))
    const opened = await openBench(folder)
    const figures: Figure[] = []
    try {
      const { people, pages } = await pagesOf(opened.service)
      note(`${people} people are signed in`)
      const url = await opened.app.listen({ host: '127.0.0.1', port: 0 })
      for (const { what, visits } of pages) {
        note(`${what}, of ${visits.length} people`)
        figures.push(
          await measured(
            what,
            { url, visits },
            { runs, many: Math.max(100, Math.round(REQUESTS * Math.min(1, scale))) },
          ),
        )
      }
    } finally {
      await opened.close()
    }
    note('start to first page')
    figures.push(...(await starts(folder, `${count(cases)} cases, ${count(extracts)} extracts`, runs)))
    return figures
  },
}

/** A page beside a bare one, in turns. */
async function measured(
  what: string,
  { url, visits }: { url: string; visits: readonly Visit[] },
  { runs, many }: { runs: number; many: number },
): Promise<Figure> {
  // Pages differ by who opens them: the bare one is as long as one in the middle.
  const pages: string[] = []
  for (let n = 0; n < SAMPLED; n++) {
    const { path, cookie } = visits[Math.floor((n * visits.length) / SAMPLED)] as Visit
    pages.push(await (await fetch(url + path, { headers: { cookie } })).text())
  }
  const page = pages.sort((a, b) => a.length - b.length)[SAMPLED >> 1] as string
  const fastify = (await import('fastify')).default()
  fastify.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
  const bare = { url: await fastify.listen({ host: '127.0.0.1', port: 0 }), visits: [{ path: '/', cookie: '' }] }
  const all = { atOnce: AT_ONCE, longest: LONGEST }
  const found = { page: [] as Load[], bare: [] as Load[] }
  try {
    await visit({ url, visits, many: BEFORE, ...all })
    await visit({ ...bare, many: BEFORE, ...all })
    for (let run = 0; run < runs; run++) {
      found.page.push(await visit({ url, visits, many, ...all }))
      found.bare.push(await visit({ ...bare, many, ...all }))
    }
  } finally {
    await fastify.close()
  }
  const of = (kind: 'page' | 'bare', figure: keyof Load) => median(found[kind].map((one) => one[figure]))
  const times = of('bare', 'perSecond') / of('page', 'perSecond')
  return {
    what,
    value: of('page', 'perSecond'),
    unit: '/s',
    beside: `p50 ${of('page', 'p50').toFixed(0)} ms, p99 ${of('page', 'p99').toFixed(0)} ms; ${count(Math.round(page.length / 1024))} KB, and a bare page of that size ${times.toFixed(1)} × as often`,
  }
}
