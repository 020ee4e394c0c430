import { checkConsistency } from '../check-proof.ts'
import { openCheckpoint, type SignedCheckpoint } from '../checkpoint.ts'
import { TlogError } from '../errors.ts'
import type { WitnessRequest } from '../log/log.ts'
import { formatNote, openNote, parseNote, parseSignatures } from '../note.ts'
import { readDecimal } from '../text.ts'
import type { Verifier } from '../vkey.ts'
import { formatAddCheckpoint, originHash } from './request.ts'

/** A witness that is to be asked. */
export interface WitnessAddress {
  /** its key, of type 0x04 */
  readonly verifier: Verifier
  /** the prefix to which it takes requests, such as `https://witness.example/` */
  readonly url: string
}

/** How it stands with one witness. */
export interface WitnessState {
  readonly name: string
  /** the last size that it cosigned, as far as is known here */
  readonly size?: number
  /** when it says that it did, seconds since 1970 */
  readonly time?: number
  /** why the last request gave no cosignature */
  readonly problem?: WitnessProblem
}

export type WitnessProblem = 'unreachable' | 'refused' | 'unreadable' | 'conflict'

/** What a witness answers is short: some signatures, a size, or one checkpoint. */
const ANSWER_LIMIT = 64 * 1024
/** How often a witness may correct the size that it is asked from. */
const ROUNDS = 3
const TIMEOUT = 5000

/** Asks witnesses for cosignatures, all at once. `ask` is what a log is opened with (`LogOptions.witnesses`). */
export class WitnessClient {
  readonly #addresses: readonly WitnessAddress[]
  readonly #log: Verifier
  readonly #timeout: number
  readonly #states: Map<WitnessAddress, WitnessState>

  /** `log` is the log's own key; `timeout` how long one witness may take for one answer, ms. */
  constructor(addresses: readonly WitnessAddress[], log: Verifier, timeout = TIMEOUT) {
    this.#addresses = addresses
    this.#log = log
    this.#timeout = timeout
    this.#states = new Map(addresses.map((address) => [address, { name: address.verifier.name }]))
  }

  /** How it stands with each witness, in the order in which they were given. */
  states(): WitnessState[] {
    return [...this.#states.values()]
  }

  /**
   * Gives the cosignature lines that came back and fit. Rejects with TlogError `LOG_ROLLED_BACK` where a witness holds a checkpoint
   * that this log signed, and that is larger than this one or does not lead to it; with nothing else.
   */
  readonly ask = async (request: WitnessRequest): Promise<readonly string[]> => {
    const answers = await Promise.all(this.#addresses.map((address) => this.#askOne(address, request)))
    const rolledBack = answers.find((answer) => answer instanceof TlogError)
    if (rolledBack !== undefined) throw rolledBack
    return answers.flatMap((answer) => (typeof answer === 'string' ? [answer] : []))
  }

  async #askOne(address: WitnessAddress, request: WitnessRequest): Promise<string | TlogError | undefined> {
    const known = this.#states.get(address)
    const name = address.verifier.name
    const kept = known?.size === undefined ? {} : { size: known.size, time: known.time ?? 0 }
    try {
      const answer = await this.#cosignature(address, request, known?.size ?? request.oldSize)
      if ('problem' in answer) {
        this.#states.set(address, { name, ...kept, problem: answer.problem })
        return answer.problem === 'conflict' ? await this.#evidence(address, request) : undefined
      }
      this.#states.set(address, { name, size: request.size, time: answer.time })
      return answer.line
    } catch {
      // Down, too slow, or not speaking as it should: no cosignature, and no reason to stop.
      this.#states.set(address, { name, ...kept, problem: 'unreachable' })
      return undefined
    }
  }

  async #cosignature(
    { verifier, url }: WitnessAddress,
    { checkpoint, size, prove }: WitnessRequest,
    first: number,
  ): Promise<{ readonly line: string; readonly time: number } | { readonly problem: WitnessProblem }> {
    let oldSize = Math.min(first, size)
    for (let round = 0; round < ROUNDS; round++) {
      const body = formatAddCheckpoint({ oldSize, proof: await prove(oldSize), checkpoint })
      const answer = await this.#send(new URL('add-checkpoint', asFolder(url)), { method: 'POST', body })
      if (answer.status === 200) return cosignatureIn(answer.body, checkpoint, verifier) ?? { problem: 'unreadable' }
      if (answer.status === 422) return { problem: 'conflict' }
      if (answer.status !== 409) return { problem: 'refused' }
      const theirs = readDecimal(answer.body.replace(/\n$/, ''))
      if (theirs === undefined) return { problem: 'unreadable' }
      if (theirs > size) return { problem: 'conflict' }
      oldSize = theirs
    }
    return { problem: 'refused' }
  }

  /**
   * Looks whether a witness that objects has reason to: it must show a checkpoint that this log signed. Its word alone would let any
   * witness stop the log.
   */
  async #evidence(
    { url }: WitnessAddress,
    { origin, size, root, prove }: WitnessRequest,
  ): Promise<TlogError | undefined> {
    let theirs: SignedCheckpoint
    try {
      const answer = await this.#send(new URL(`${originHash(origin)}/checkpoint`, asFolder(url)), {})
      theirs = openCheckpoint(answer.body, [this.#log])
    } catch {
      return undefined
    }
    if (theirs.size <= size && checkConsistency(await prove(theirs.size), theirs, { size, root })) return undefined
    return new TlogError(
      'LOG_ROLLED_BACK',
      theirs.size > size
        ? `a witness has cosigned this log at ${theirs.size} entries, and here it has ${size}`
        : `a witness has cosigned another history of this log at ${theirs.size} entries`,
      'do not write to it: restore what is missing from a copy, or begin a new log that says so',
    )
  }

  async #send(url: URL, init: RequestInit): Promise<{ readonly status: number; readonly body: string }> {
    const signal = AbortSignal.timeout(this.#timeout)
    const response = await fetch(url, { ...init, signal, redirect: 'error' })
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of response.body ?? []) {
      length += part.length
      if (length > ANSWER_LIMIT) throw new TlogError('REQUEST_MALFORMED', 'the answer is too large', 'ask its operator')
      parts.push(part)
    }
    return { status: response.status, body: Buffer.concat(parts).toString('utf8') }
  }
}

/** The witness's own line among those that came back, if its signature fits. Others are passed over (c2sp.org/tlog-witness). */
function cosignatureIn(
  lines: string,
  checkpoint: string,
  verifier: Verifier,
): { readonly line: string; readonly time: number } | undefined {
  try {
    const { text } = parseNote(checkpoint)
    const { known } = openNote(
      formatNote(
        text,
        parseSignatures(lines).map(({ line }) => line),
      ),
      [verifier],
    )
    const [own] = known
    return own?.time === undefined ? undefined : { line: own.line, time: own.time }
  } catch (error) {
    if (error instanceof TlogError) return undefined
    throw error
  }
}

function asFolder(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}
