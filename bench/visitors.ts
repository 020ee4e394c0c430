import { Agent, get } from 'node:http'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import { quantile } from './timed.ts'

/** One visit: where to, and as whom. */
export interface Visit {
  readonly path: string
  readonly cookie: string
}

/** What visitors are sent out for. */
export interface Visiting {
  readonly url: string
  readonly visits: readonly Visit[]
  /** how many visits, in all; the list is begun again as often as that takes */
  readonly many: number
  /** how many of them at the same time */
  readonly atOnce: number
  /** milliseconds after which nobody sets out any more */
  readonly longest: number
}

/** What they found. */
export interface Load {
  readonly perSecond: number
  /** milliseconds */
  readonly p50: number
  readonly p99: number
}

/** Sends visitors out, from a thread of their own: what they cost is not the server's. Throws where a page is not answered with 200. */
export function visit(visiting: Visiting): Promise<Load> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: visiting })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

async function goOut({ url, visits, many, atOnce, longest }: Visiting): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const one = ({ path, cookie }: Visit) =>
    new Promise<void>((resolve, reject) => {
      const request = get(url + path, { agent, headers: { cookie } }, (answer) => {
        answer.resume()
        answer.once('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`a page was answered with ${answer.statusCode}`)),
        )
      })
      request.once('error', reject)
    })
  const took: number[] = []
  const start = performance.now()
  let next = 0
  const visitor = async () => {
    while (next < many && performance.now() - start < longest) {
      const to = visits[next++ % visits.length] as Visit
      const began = performance.now()
      await one(to)
      took.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, visitor))
  const seconds = (performance.now() - start) / 1000
  agent.destroy()
  return { perSecond: took.length / seconds, p50: quantile(took, 0.5), p99: quantile(took, 0.99) }
}

if (parentPort !== null) parentPort.postMessage(await goOut(workerData as Visiting))
