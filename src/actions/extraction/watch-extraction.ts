import type { StopReason } from '../../store/index.ts'
import { type Ops, SERVICE_ACTOR } from '../ops.ts'
import { grantOf } from './live-grant.ts'

/** An extraction was stopped: by whom and why. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
  readonly because: StopReason
  readonly by: string

  constructor(because: StopReason, by: string = SERVICE_ACTOR) {
    super('the extraction was stopped')
    this.because = because
    this.by = by
  }
}

/** How far it has come: what the page shows while it runs. */
export interface Step {
  readonly file: number
  readonly files: number
  readonly taken: number
}

/** How often, in milliseconds, the database is asked whether to go on, and told how far it has come. */
const LOOK = 500

/**
 * Looks, while an extraction runs, whether it may go on: somebody stopped it, the agreement was withdrawn, the grant ran out or was ended, or the
 * database is gone and with it whoever could say so. `stop` fires at most half a second after, with a `Stopped` or the error as its reason.
 */
export class Watch {
  readonly #ops: Ops
  readonly #id: string
  readonly #requestId: string
  readonly #until: Date
  readonly #stop = new AbortController()
  readonly #attempts: number
  #step: Step | undefined
  #told: Step | undefined
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #ended = false

  constructor(ops: Ops, about: { id: string; requestId: string; until: Date; attempts: number; ending: AbortSignal }) {
    this.#ops = ops
    this.#id = about.id
    this.#requestId = about.requestId
    this.#until = about.until
    this.#attempts = about.attempts
    about.ending.addEventListener('abort', this.#serviceStops)
    this.#ending = about.ending
    if (about.ending.aborted) this.#serviceStops()
    this.#next()
  }

  readonly #ending: AbortSignal
  readonly #serviceStops = () => this.#abort(new Stopped('service-stopped'))

  get stop(): AbortSignal {
    return this.#stop.signal
  }

  /** Notes how far it has come. Costs nothing: it is written with the next look. */
  readonly step = (step: Step): void => {
    this.#step = step
    this.#unlessOver()
  }

  /** Stops looking, and waits for the look that is under way. */
  async end(): Promise<void> {
    this.#ended = true
    clearTimeout(this.#timer)
    this.#ending.removeEventListener('abort', this.#serviceStops)
    await this.#looking
  }

  /** Fires from outside, where the claim is lost. */
  lost = (): void => this.#abort(new Error('the connection to the database broke'))

  #next(): void {
    if (this.#ended || this.#stop.signal.aborted) return
    this.#timer = setTimeout(() => {
      this.#looking = this.#look()
        .catch((error) => this.#abort(error))
        .finally(() => this.#next())
    }, LOOK)
  }

  async #look(): Promise<void> {
    this.#unlessOver()
    const row = await this.#ops.store.db
      .selectFrom('extractions')
      .select(['stop', 'stop_by'])
      .where('id', '=', this.#id)
      .executeTakeFirstOrThrow()
    if (row.stop !== null) return this.#abort(new Stopped(row.stop, row.stop_by ?? SERVICE_ACTOR))
    const { ended } = await grantOf(this.#ops, this.#requestId)
    if (ended !== undefined) return this.#abort(new Stopped(ended))
    if (this.#step === this.#told || this.#step === undefined) return
    this.#told = this.#step
    await this.#ops.store.db
      .updateTable('extractions')
      .set({ progress: JSON.stringify({ ...this.#step, attempts: this.#attempts }) })
      .where('id', '=', this.#id)
      .execute()
  }

  #unlessOver(): void {
    if (this.#ops.now() >= this.#until) this.#abort(new Stopped('authorisation-expired'))
  }

  #abort(reason: unknown): void {
    if (!this.#stop.signal.aborted && !this.#ended) this.#stop.abort(reason)
  }
}
