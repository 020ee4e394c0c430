import assert from 'node:assert/strict'
import { COSIGNATURE, ED25519, type Verifier } from './vkey.ts'
import type { WitnessAddress } from './witness/ask-witnesses.ts'

/**
 * Writes the policy of a log and its witnesses (c2sp.org/tlog-policy): more than half of them must have cosigned. `parsePolicy` reads it. It is a
 * convenience for whoever checks the log; they should have the keys from somewhere else.
 */
export function writePolicy(log: Verifier, witnesses: readonly WitnessAddress[]): string {
  assert(
    log.type === ED25519 && witnesses.every(({ verifier }) => verifier.type === COSIGNATURE),
    'keys of their kinds',
  )
  const names = witnesses.map((_, at) => `w${at + 1}`)
  const lines = [
    `log ${log.vkey}`,
    ...witnesses.map(({ verifier, url }, at) => `witness ${names[at]} ${verifier.vkey} ${url}`),
  ]
  if (witnesses.length === 0) return `${[...lines, 'quorum none'].join('\n')}\n`
  const enough = Math.floor(witnesses.length / 2) + 1
  return `${[...lines, `group witnesses ${enough} ${names.join(' ')}`, 'quorum witnesses'].join('\n')}\n`
}
