import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { closeReaders, type ForceDetails, type Ops, SERVICE_ACTOR } from '../actions/index.ts'
import { mustNotBeRestoring, noteRestored } from '../backup/index.ts'
import { openQueue, startTimers } from '../jobs/index.ts'
import { Audit, openJournal, sequence } from '../journal/index.ts'
import { createKeyring, FileEpochKeys, type Keyring, openKeyring } from '../keyring/index.ts'
import { publicKeyOf, publicKeyBytes, signBytes } from '../signature/index.ts'
import { openStore } from '../store/index.ts'
import {
  ED25519,
  openLastingLog,
  type Signer,
  verifierOf,
  type WitnessAddress,
  WitnessClient,
  writePolicy,
} from '../tlog/index.ts'
import { buildApp } from './app.ts'
import { keepPolicy } from './keep-policy.ts'
import type { LogTo } from './request-log.ts'
import type { Service, SignInSettings } from './service.ts'

/** How a service is to be opened. */
export interface ServiceSettings {
  /** folder of everything that the service keeps */
  readonly data: string
  /** absent: the embedded database */
  readonly databaseUrl?: string
  readonly url: string
  readonly force: string
  /** how people reach the force; what papers say whom to ask */
  readonly contact?: readonly string[]
  readonly regulator?: ForceDetails['regulator']
  /** what the log signs as: a name that is unique in the world, without a scheme */
  readonly origin: string
  readonly version: string
  /** who is asked to cosign the log; nobody else than the force vouches for it where there is none */
  readonly witnesses?: readonly WitnessAddress[]
  /** false: nothing is done by the clock */
  readonly timers?: boolean
  readonly signIn: Omit<SignInSettings, 'secret'>
  readonly kioskFolder?: string
  readonly collectedFolder?: string
  readonly now: () => Date
  /** told what goes wrong behind the pages, without anything personal */
  readonly failed: (what: string, error: unknown) => void
  /** one line of JSON for each request; true: to standard output */
  readonly log?: LogTo
  readonly perMinute?: number
}

/** The number that every force answers, and the regulator as it is still called (law trap 0.1.12). */
const CONTACT = ['telephone 101']
const REGULATOR = { name: 'the Information Commissioner’s Office', contact: ['ico.org.uk', 'telephone 0303 123 1113'] }

/** A service, open. */
export interface OpenService {
  readonly service: Service
  readonly app: FastifyInstance
  /** where a worker in another process finds the database */
  readonly databaseAddress: string
  close(): Promise<void>
}

/** Opens everything that the service is made of, in the order in which each rests on the one before. What was opened is closed again where the rest fails. */
export async function openService(settings: ServiceSettings): Promise<OpenService> {
  const { data, now, failed } = settings
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const closing: (() => Promise<unknown> | void)[] = []
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  try {
    mustNotBeRestoring(data)
    const store = await openStore({ url: settings.databaseUrl, folder: join(data, 'postgres') })
    closing.push(() => store.close())
    const keyring = await openOrCreateKeyring(data, now)
    closing.push(() => keyring.close())
    const signer = await logSigner(keyring, settings.origin)
    const logKey = verifierOf(signer.name, ED25519, signer.publicKey)
    const witnesses = settings.witnesses ?? []
    // Witnesses that are ahead have seen entries that are not here: a log that was set back is not written to (TlogError LOG_ROLLED_BACK).
    const log = await openLastingLog({
      folder: join(data, 'log'),
      state: join(data, 'log-state'),
      signer,
      now,
      ...(witnesses.length > 0 && { witnesses: new WitnessClient(witnesses, logKey).ask }),
    })
    closing.push(() => log.close())
    const sequencer = await sequence(store, log, (error) => failed('the log takes no more entries', error))
    closing.push(() => sequencer.stop())
    const key = await signingKey(keyring, 'installation')
    const journal = openJournal({ store, key, now, random: () => randomBytes(32), sequencer })
    await noteRestored(data, (details) =>
      journal.record({ kind: 'backup.restored', actor: SERVICE_ACTOR, details: { ...details } }),
    )
    await keepPolicy(journal, join(data, 'log'), writePolicy(logKey, witnesses))
    const queue = await openQueue(store, (error) => failed('the queue', error))
    closing.push(() => queue.close())
    const ops: Ops = {
      store,
      journal,
      keyring,
      now,
      random: randomBytes,
      force: {
        name: settings.force,
        contact: settings.contact ?? CONTACT,
        regulator: settings.regulator ?? REGULATOR,
      },
      extractsFolder: folder(data, 'extracts'),
      cataloguesFolder: folder(data, 'catalogues'),
      uploadsFolder: folder(data, 'uploads'),
      ...(settings.kioskFolder !== undefined && { kioskFolder: settings.kioskFolder }),
      archivesFolder: folder(data, 'archives'),
      ...(settings.collectedFolder !== undefined && { collectedFolder: settings.collectedFolder }),
      fleetFolder: folder(data, 'fleet'),
      logFolder: join(data, 'log'),
      logOrigin: settings.origin,
      enqueue: (name, about) => queue.enqueue(name, about),
    }
    closing.push(() => closeReaders(ops))
    const audit = new Audit()
    if (settings.timers !== false) {
      const timers = startTimers({ ops, log, audit }, failed)
      closing.push(() => timers.stop())
    }
    const service: Service = {
      ops,
      audit,
      url: settings.url,
      force: settings.force,
      version: settings.version,
      signIn: { ...settings.signIn, secret: secretOf(data) },
    }
    const app = await buildApp(service, { log: settings.log, perMinute: settings.perMinute })
    closing.push(() => app.close())
    return { service, app, databaseAddress: store.address, close }
  } catch (error) {
    await close()
    throw error
  }
}

function folder(data: string, name: string): string {
  const path = join(data, name)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  return path
}

async function openOrCreateKeyring(data: string, now: () => Date): Promise<Keyring> {
  const place = { folder: join(data, 'keyring'), epochKeys: new FileEpochKeys(join(data, 'epoch-keys')), now }
  return existsSync(join(data, 'keyring')) ? openKeyring(place) : createKeyring(place)
}

async function signingKey(keyring: Keyring, signer: 'installation' | 'log') {
  if ((await keyring.publicLineOf(signer)) === undefined) await keyring.createSigningKey(signer)
  return keyring.signingKey(signer)
}

async function logSigner(keyring: Keyring, origin: string): Promise<Signer> {
  const key = await signingKey(keyring, 'log')
  return { name: origin, publicKey: publicKeyBytes(publicKeyOf(key)), sign: (bytes) => signBytes(bytes, key) }
}

/** What seals cookies: made once, kept beside the keyring, worth nothing without a browser that holds one. */
function secretOf(data: string): Buffer {
  const path = join(data, 'cookie-secret')
  if (!existsSync(path)) writeFileSync(path, randomBytes(32), { mode: 0o600 })
  return readFileSync(path)
}
