import { destroyAbandoned, JOB_NAMES, type Ops, type Tool } from '../actions/index.ts'
import type { Queue } from './queue.ts'
import { type Line, LINES, type Task, TASKS } from './tasks.ts'

/** A worker at work. */
export interface Work {
  /** Ends what is under way, so that another can take it up, and resolves when it has ended. */
  stop(): Promise<void>
}

/** How often, in milliseconds, what nobody has is looked for, and what was abandoned is destroyed. */
const SWEEP = 10_000
const TIDY = 15 * 60_000

/**
 * Takes up work, one piece at a time of each line, until it is stopped: what the queue hands out, and what another worker left behind. `failed` is told what went
 * wrong; the work is tried again. `sweep`: how often to look for what was left behind, in milliseconds.
 */
export async function work(
  ops: Ops,
  queue: Queue,
  { tool, failed, sweep = SWEEP }: { tool: Tool; failed: (what: string, error: unknown) => void; sweep?: number },
): Promise<Work> {
  const ending = new AbortController()
  const lines = new Map<Line, Promise<unknown>>()
  const inTurn = <T>(line: Line, act: () => Promise<T>): Promise<T> => {
    const mine = (lines.get(line) ?? Promise.resolve()).then(act)
    lines.set(
      line,
      mine.catch(() => {}),
    )
    return mine
  }
  const parts = { ops, tool, ending: ending.signal }
  const run = (task: Task, id: string) => inTurn(task.line, () => task.run(parts, id))

  const timers = new Map<Line, NodeJS.Timeout>()
  let tidied = Number.NEGATIVE_INFINITY
  const look = async (line: Line) => {
    for (const task of Object.values(TASKS))
      if (task.line === line)
        for (const id of (await task.leftBehind?.(ops)) ?? []) if (!ending.signal.aborted) await run(task, id)
  }
  const tidy = async () => {
    const now = ops.now().getTime()
    if (ending.signal.aborted || now - tidied < TIDY) return
    tidied = now
    await inTurn('extracts', () => destroyAbandoned(ops))
  }
  const keepLooking = async (line: Line): Promise<void> => {
    try {
      await look(line)
      if (line === 'extracts') await tidy()
    } catch (error) {
      failed('work that was left behind', error)
    }
    if (ending.signal.aborted) return
    timers.set(
      line,
      setTimeout(() => looking.set(line, keepLooking(line)), sweep),
    )
  }
  const looking = new Map<Line, Promise<void>>()
  for (const line of LINES) looking.set(line, keepLooking(line))
  for (const name of JOB_NAMES) {
    const task = TASKS[name]
    await queue.work(name, async ({ [task.about]: id }) => {
      if (id === undefined) return
      try {
        await run(task, id)
      } catch (error) {
        failed(task.says, error)
        throw error
      }
    })
  }
  return {
    async stop() {
      ending.abort()
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(looking.values())
      await Promise.all(lines.values())
    },
  }
}
