import { readFile } from 'node:fs/promises'
import { setImmediate as otherWork } from 'node:timers/promises'
import {
  containerRecipients,
  type ContainerRecipients,
  VaultError,
  type X25519Pair,
  x25519Pair,
} from '../vault/index.ts'
import { wipe } from './contents.ts'
import { type Current, readCurrent } from './current-keyring.ts'
import { unlessMissing } from './durable-file.ts'
import type { Place } from './change.ts'
import { KeyringError } from './errors.ts'
import { openSealedKeyring } from './sealed-keyring.ts'

/**
 * What was found of one copy. Only `closed` and `gone` are as they should be after a destruction.
 * `other_recipients`: no key held here opens it, but it is sealed to more than the one key that was destroyed, and who holds
 * the others is not known here. `unreadable`: it is not what we write, and nothing can be said of it.
 */
export type CopyState = 'closed' | 'gone' | 'opens' | 'other_recipients' | 'unreadable'

export interface NothingOpens {
  /** whether every copy is closed or gone */
  readonly ok: boolean
  /** in the order given */
  readonly containers: readonly { readonly path: string; readonly state: CopyState }[]
  readonly keyrings: readonly { readonly path: string; readonly state: CopyState }[]
  /** how many identities were tried on each container: all that the keyring holds */
  readonly identitiesTried: number
  readonly generation: number
  readonly epoch: string
}

/** What is to be looked at: every copy that anybody knows of, those in backups too. */
export interface Copies {
  /** folders of containers, whole or in part */
  readonly containers: readonly string[]
  /** files of older keyrings */
  readonly keyrings?: readonly string[]
}

/** Keys that are tried before other work gets its turn: some 30 ms. */
const AT_ONCE = 256

/**
 * Tries every identity that the newest keyring holds on the `key.age` of every copy of a container whose key was destroyed,
 * and every epoch key that is there on every copy of an older keyring (integrity.md 5.3, auditor's tests a and b). It proves
 * what this service can open, and not what somebody else may have kept.
 *
 * Throws KeyringError as `readCurrent` does.
 */
export async function checkNothingOpens({ folder, epochKeys }: Place, copies: Copies): Promise<NothingOpens> {
  const current = await readCurrent(folder, epochKeys)
  try {
    const opened = copies.containers.map((path) => ({ path, ...look(path) }))
    // Copies of one container are tried once.
    const different = new Map(
      opened.flatMap(({ recipients }) => (recipients ? [[recipients.sha256, recipients] as const] : [])),
    )
    const opening = new Set<string>()
    await eachPair(current, (pair) => {
      for (const [sha256, recipients] of different) if (recipients.opensWith(pair)) opening.add(sha256)
    })
    const containers = opened.map(({ path, state, recipients }) => {
      const opens = recipients !== undefined && opening.has(recipients.sha256)
      return { path, state: opens ? ('opens' as const) : state }
    })
    const keyrings: { path: string; state: CopyState }[] = []
    for (const path of copies.keyrings ?? []) keyrings.push({ path, state: await keyringState(path, epochKeys) })
    return {
      ok: [...containers, ...keyrings].every(({ state }) => state === 'closed' || state === 'gone'),
      containers,
      keyrings,
      identitiesTried: current.contents.extracts.size,
      generation: current.generation,
      epoch: current.epoch,
    }
  } finally {
    wipe(current.contents)
  }
}

async function eachPair({ contents }: Current, use: (pair: X25519Pair) => void): Promise<void> {
  let tried = 0
  for (const secret of contents.extracts.values()) {
    use(x25519Pair(secret))
    if (++tried % AT_ONCE === 0) await otherWork()
  }
}

function look(path: string): { state: CopyState; recipients?: ContainerRecipients } {
  try {
    const recipients = containerRecipients(path)
    if (recipients === undefined) return { state: 'gone' }
    return { state: recipients.x25519 + recipients.others > 1 ? 'other_recipients' : 'closed', recipients }
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return { state: 'unreadable' }
  }
}

async function keyringState(path: string, epochKeys: Place['epochKeys']): Promise<CopyState> {
  const file = await readFile(path).catch(unlessMissing)
  if (file === undefined) return 'gone'
  try {
    wipe((await openSealedKeyring(file, epochKeys)).contents)
    return 'opens'
  } catch (error) {
    if (!(error instanceof KeyringError)) throw error
    return error.code === 'EPOCH_GONE' ? 'closed' : 'unreadable'
  }
}
