import { TlogError } from '../errors.ts'
import { cosignatureLine, formatNote } from '../note.ts'
import { COSIGNATURE, ED25519, type Signer, type Verifier, verifierOf } from '../vkey.ts'
import { decide } from './decision.ts'
import { Memory } from './memory.ts'
import { parseAddCheckpoint } from './request.ts'

export interface WitnessOptions {
  /** where it remembers; nobody else writes there */
  readonly folder: string
  /** the keys of the logs that it witnesses; the name of each is the origin */
  readonly logs: readonly Verifier[]
  readonly signer: Signer
  readonly now: () => Date
}

/** What goes back over the network. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422 | 503
  readonly type: string
  readonly body: string
}

const PLAIN = 'text/plain; charset=utf-8'

/**
 * Somebody who has seen a log before, and signs only what follows from it (c2sp.org/tlog-witness). Requests are taken one after the
 * other: between the check and the keeping nothing comes in, so that a smaller tree never takes the place of a larger one.
 */
export class Witness {
  readonly verifier: Verifier
  readonly #memory: Memory
  readonly #options: WitnessOptions
  #last: Promise<unknown> = Promise.resolve()
  /** why it signs nothing any more */
  failure: Error | undefined

  private constructor(memory: Memory, options: WitnessOptions) {
    this.#memory = memory
    this.#options = options
    this.verifier = verifierOf(options.signer.name, COSIGNATURE, options.signer.publicKey)
  }

  /** Opens a witness. Throws TlogError `KEY_UNREADABLE`, and whatever the memory throws. */
  static async open(options: WitnessOptions): Promise<Witness> {
    for (const { type } of options.logs)
      if (type !== ED25519)
        throw new TlogError(
          'KEY_UNREADABLE',
          'this is not the key of a log',
          'give the key of a log, not that of a witness',
        )
    return new Witness(await Memory.open(options.folder, options.logs), options)
  }

  /** Answers one request to cosign. Never rejects for anything in the request. */
  add(body: Uint8Array): Promise<WitnessAnswer> {
    const done = this.#last.then(() => this.#add(body))
    this.#last = done.catch(() => undefined)
    return done
  }

  /** What it cosigned last, by the hash of the origin: a signed note with its cosignature. */
  latest(originHash: string): WitnessAnswer {
    const note = this.#memory.note(originHash)
    return note === undefined
      ? plain(404, 'nothing was cosigned for this log')
      : { status: 200, type: PLAIN, body: note }
  }

  async #add(body: Uint8Array): Promise<WitnessAnswer> {
    if (this.failure !== undefined) return plain(503, 'the memory of this witness cannot be written')
    let request: ReturnType<typeof parseAddCheckpoint>
    try {
      request = parseAddCheckpoint(body)
    } catch (error) {
      if (!(error instanceof TlogError)) throw error
      return plain(400, error.message)
    }
    const { logs, signer, now } = this.#options
    const decision = decide(request, logs, (origin) => this.#memory.last(origin))
    if (decision.status === 409) return { status: 409, type: 'text/x.tlog.size', body: `${decision.size}\n` }
    if (decision.status !== 200) return plain(decision.status, decision.says)
    const { checkpoint } = decision
    const line = cosignatureLine(checkpoint.text, signer, Math.floor(now().getTime() / 1000))
    try {
      await this.#memory.keep(checkpoint, formatNote(checkpoint.text, [checkpoint.log.line, line]))
    } catch (error) {
      // What is on the disk is not known any more. Started again it reads what is there: nothing went out that was not kept.
      this.failure = error instanceof Error ? error : new Error('unknown', { cause: error })
      return plain(503, 'the memory of this witness cannot be written')
    }
    return { status: 200, type: PLAIN, body: line }
  }

  /** Waits for what is under way and gives the memory back. */
  async close(): Promise<void> {
    await this.#last
    this.#memory.close()
  }
}

function plain(status: WitnessAnswer['status'], says: string): WitnessAnswer {
  return { status, type: PLAIN, body: `${says}\n` }
}
