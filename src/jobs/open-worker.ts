import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { ForceDetails, Ops, Tool } from '../actions/index.ts'
import { openJournal } from '../journal/index.ts'
import { FileEpochKeys, openKeyring } from '../keyring/index.ts'
import { openStore } from '../store/index.ts'
import { openQueue } from './queue.ts'
import { work } from './work.ts'

/** How a worker is opened: over the folder and the database of a service that runs, on this machine or another. */
export interface WorkerSettings {
  /** the service's own folder: its keyring, uploads and extracts */
  readonly data: string
  readonly databaseUrl: string
  readonly origin: string
  readonly kioskFolder?: string
  readonly collectedFolder?: string
  readonly tool: Tool
  readonly force: ForceDetails
  readonly now: () => Date
  /** told what goes wrong, without anything personal */
  readonly failed: (what: string, error: unknown) => void
}

/** A worker, open. */
export interface Worker {
  close(): Promise<void>
}

/** Opens a worker and lets it begin. It writes no log itself: its entries wait in the database for the process that does. Throws StoreError, KeyringError. */
export async function openWorker(settings: WorkerSettings): Promise<Worker> {
  const { data, now, failed } = settings
  const closing: (() => Promise<unknown> | void)[] = []
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  try {
    const store = await openStore({ url: settings.databaseUrl, folder: join(data, 'postgres') })
    closing.push(() => store.close())
    const epochKeys = new FileEpochKeys(join(data, 'epoch-keys'))
    const keyring = await openKeyring({ folder: join(data, 'keyring'), epochKeys, now })
    closing.push(() => keyring.close())
    const key = await keyring.signingKey('installation')
    const queue = await openQueue(store, (error) => failed('the queue', error))
    closing.push(() => queue.close())
    const ops: Ops = {
      store,
      journal: openJournal({ store, key, now, random: () => randomBytes(32) }),
      keyring,
      now,
      random: randomBytes,
      force: settings.force,
      extractsFolder: join(data, 'extracts'),
      cataloguesFolder: join(data, 'catalogues'),
      uploadsFolder: join(data, 'uploads'),
      ...(settings.kioskFolder !== undefined && { kioskFolder: settings.kioskFolder }),
      archivesFolder: join(data, 'archives'),
      ...(settings.collectedFolder !== undefined && { collectedFolder: settings.collectedFolder }),
      fleetFolder: join(data, 'fleet'),
      logFolder: join(data, 'log'),
      logOrigin: settings.origin,
      enqueue: (name, about) => queue.enqueue(name, about),
    }
    const { stop } = await work(ops, queue, { tool: settings.tool, failed })
    closing.push(stop)
    return { close }
  } catch (error) {
    await close()
    throw error
  }
}
