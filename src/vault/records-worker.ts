// The thread that a container's database is written in: reading a phone and sealing what was taken are each about half of
// the work. Obeys `records-thread.ts` and nobody else.
import { parentPort, workerData } from 'node:worker_threads'
import type { ContainerKey } from './container-key.ts'
import { type OtherRow, RecordsWriter, type TreeHead } from './records-writer.ts'

/** What the thread is told. */
export type Order =
  /** a batch of records, whose bytes are handed over and not copied */
  { readonly records: Uint8Array } | { readonly row: OtherRow } | { readonly close: true } | { readonly abandon: true }

/** What it answers: one answer for each order but `abandon`, after which it is gone. */
export type Answer =
  | { readonly done: true }
  | { readonly closed: TreeHead }
  | { readonly failed: { code: string; message: string } }

const { path, secret, database } = workerData as { path: string; secret: Uint8Array; database: Uint8Array }
const key: ContainerKey = { secret: Buffer.from(secret), database: Buffer.from(database) }
const port = parentPort
let writer: RecordsWriter | undefined

port?.on('message', (order: Order) => {
  if ('abandon' in order) port.close()
  else port.postMessage(obey(order))
})

function obey(order: Exclude<Order, { abandon: true }>): Answer {
  try {
    writer ??= new RecordsWriter(path, key)
    if ('records' in order) writer.add(order.records)
    else if ('row' in order) writer.addRow(order.row)
    else return { closed: writer.close() }
    return { done: true }
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown }
    return { failed: { code: String(code), message: String(message) } }
  }
}
