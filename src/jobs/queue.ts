import { PgBoss } from 'pg-boss'
import { JOB_NAMES, type JobName } from '../actions/index.ts'
import type { Store } from '../store/index.ts'

/** The queue, open. */
export interface Queue {
  /** Hands in a task. `data` holds ids. */
  enqueue(name: JobName, data: Readonly<Record<string, string>>): Promise<void>
  /** Takes tasks of a kind, one at a time, until the queue is closed. A task that throws is tried again, `RETRIES` times. */
  work(name: JobName, run: (data: Readonly<Record<string, string>>) => Promise<void>): Promise<void>
  close(): Promise<void>
}

/** How often a task that failed, or whose worker was ended, is taken up again. */
const RETRIES = 2
/** Seconds without a sign of life after which a task counts as left behind. */
const LOST_AFTER = 60
/** Seconds between looks for new tasks. */
const LOOK = 0.5

/** Opens the queue over the store's connections. `failed` is told what goes wrong behind it. */
export async function openQueue({ pool }: Store, failed: (error: unknown) => void): Promise<Queue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
    schedule: false,
  })
  boss.on('error', failed)
  await boss.start()
  for (const name of JOB_NAMES)
    await boss.createQueue(name, { retryLimit: RETRIES, expireInSeconds: 24 * 60 * 60, heartbeatSeconds: LOST_AFTER })
  return {
    async enqueue(name, data) {
      await boss.send(name, data)
    },
    async work(name, run) {
      await boss.work<Record<string, string>>(name, { pollingIntervalSeconds: LOOK, batchSize: 1 }, async (tasks) => {
        for (const { data } of tasks) await run(data)
      })
    },
    close: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}
