import { hash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SERVICE_ACTOR } from '../actions/index.ts'
import type { Journal } from '../journal/index.ts'
import { parsePolicy, type Policy } from '../tlog/index.ts'

/** The policy among the log's files. */
export const POLICY_FILE = 'policy.tlog-policy'

/** Puts the log's policy beside it. Who witnesses it is a fact like others: where that changed, the log says so before the file does (law row H18). */
export async function keepPolicy(journal: Journal, folder: string, written: string): Promise<void> {
  const path = join(folder, POLICY_FILE)
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  if (before === written) return
  const was = before === undefined ? [] : keysOf(parsePolicy(before))
  const is = keysOf(parsePolicy(written))
  const policy = hash('sha256', written, 'hex')
  const record = (change: 'added' | 'removed' | 'quorum') =>
    journal.record({ kind: 'witness.changed', actor: SERVICE_ACTOR, details: { change, policy } })
  const added = is.filter((key) => !was.includes(key))
  const removed = was.filter((key) => !is.includes(key))
  for (const _ of added) await record('added')
  for (const _ of removed) await record('removed')
  if (before !== undefined && added.length + removed.length === 0) await record('quorum')
  const making = join(folder, `.${POLICY_FILE}.new`)
  writeFileSync(making, written, { mode: 0o644 })
  renameSync(making, path)
}

function keysOf({ witnesses }: Policy): string[] {
  return witnesses.map(({ vkey }) => vkey)
}
