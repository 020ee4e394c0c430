import { destroyAbandoned, destroyPart, leftBehind, type Ops, runExtraction, type Tool } from '../actions/index.ts'
import type { Queue } from './queue.ts'

/** A worker at work. */
export interface Work {
  /** Ends what is under way, so that another can take it up, and resolves when it has ended. */
  stop(): Promise<void>
}

/** How often, in milliseconds, what nobody has is looked for, and what was abandoned is destroyed. */
const SWEEP = 10_000
const TIDY = 15 * 60_000

/**
 * Takes up work, one piece at a time, until it is stopped: what the queue hands out, and what another worker left behind. `failed` is told what went
 * wrong; the work is tried again. `sweep`: how often to look for what was left behind, in milliseconds.
 */
export async function work(
  ops: Ops,
  queue: Queue,
  { tool, failed, sweep = SWEEP }: { tool: Tool; failed: (what: string, error: unknown) => void; sweep?: number },
): Promise<Work> {
  const ending = new AbortController()
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const mine = turn.then(act)
    turn = mine.catch(() => {})
    return mine
  }
  const extract = (id: string) => inTurn(() => runExtraction(ops, id, { tool, ending: ending.signal }))

  let timer: NodeJS.Timeout | undefined
  let tidied = Number.NEGATIVE_INFINITY
  const look = async () => {
    for (const id of await leftBehind(ops)) if (!ending.signal.aborted) await extract(id)
    const now = ops.now().getTime()
    if (ending.signal.aborted || now - tidied < TIDY) return
    tidied = now
    await inTurn(() => destroyAbandoned(ops))
  }
  const keepLooking = async (): Promise<void> => {
    await look().catch((error) => failed('work that was left behind', error))
    if (ending.signal.aborted) return
    timer = setTimeout(() => {
      looking = keepLooking()
    }, sweep)
  }
  let looking = keepLooking()
  await queue.work('extract', async ({ extraction }) => {
    if (extraction === undefined) return
    try {
      await extract(extraction)
    } catch (error) {
      failed('an extraction', error)
      throw error
    }
  })
  await queue.work('reseal', async ({ destruction }) => {
    if (destruction === undefined) return
    try {
      await inTurn(async () => {
        const became = await destroyPart(ops, destruction, { tool, ending: ending.signal })
        if (became === 'again') await ops.enqueue('reseal', { destruction })
      })
    } catch (error) {
      failed('the destruction of a part', error)
      throw error
    }
  })
  return {
    async stop() {
      ending.abort()
      clearTimeout(timer)
      await looking
      await turn
    },
  }
}
