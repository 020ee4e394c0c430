import { parseCheckpoint } from '../checkpoint.ts'
import { TlogError } from '../errors.ts'
import { formatNote, parseNote, parseSignatures } from '../note.ts'
import { consistencyProof, type HashReader } from '../proof.ts'
import type { DurableFolder } from './disk.ts'
import type { Witnesses } from './log.ts'

/** The published checkpoint: signed by the log at once, and by witnesses when they come to it. */
export class Head {
  readonly #served: DurableFolder
  readonly #reader: (size: number) => HashReader
  readonly #witnesses: Witnesses | undefined
  /** one change at a time */
  #last: Promise<unknown> = Promise.resolve()
  #asking: Promise<void> | undefined
  /** the signed note that stands at the head */
  note = ''
  /** the last note that came back from a witness */
  witnessed: string | undefined

  constructor(served: DurableFolder, reader: (size: number) => HashReader, witnesses: Witnesses | undefined) {
    this.#served = served
    this.#reader = reader
    this.#witnesses = witnesses
  }

  /** Takes up what an earlier run signed: it may be at the head already, with cosignatures, or not have come so far. */
  async resume(signed: string): Promise<void> {
    const head = (await this.#served.read('checkpoint'))?.toString()
    if (head !== undefined && parseNote(head).text === parseNote(signed).text) this.note = head
    else await this.publish(signed)
  }

  /** Publishes a signed note: kept for good first, then at the head. */
  publish(note: string): Promise<void> {
    return this.#alone(async () => {
      await this.#keep(note)
      await this.#served.write(new Map([['checkpoint', note]]))
      this.note = note
    })
  }

  /** Asks the witnesses about the head as it stands. Rejects only with what stops the log. */
  cosign(): Promise<void> {
    if (this.#witnesses === undefined) return Promise.resolve()
    this.#asking ??= this.#ask(this.#witnesses).finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #ask(witnesses: Witnesses): Promise<void> {
    for (let asked = ''; parseText(this.note) !== asked; ) {
      asked = parseText(this.note)
      const own = parseNote(this.note).signatures[0]?.line ?? ''
      const lines = await this.#cosignatures(witnesses, formatNote(asked, [own]))
      if (lines.length === 0) return
      const note = formatNote(asked, [own, ...lines])
      this.witnessed = note
      await this.#alone(async () => {
        await this.#keep(note)
        if (parseText(this.note) !== asked) return
        await this.#served.write(new Map([['checkpoint', note]]))
        this.note = note
      })
    }
  }

  async #cosignatures(witnesses: Witnesses, checkpoint: string): Promise<string[]> {
    const { origin, size, root } = parseCheckpoint(parseText(checkpoint))
    const prove = (from: number) => consistencyProof(this.#reader(size), from, size)
    const oldSize = this.witnessed === undefined ? 0 : parseCheckpoint(parseText(this.witnessed)).size
    try {
      const proof = await prove(oldSize)
      const lines = await witnesses({ origin, checkpoint, size, root, oldSize, proof, prove })
      return lines.length === 0 ? [] : parseSignatures(lines.join('')).map(({ line }) => line)
    } catch (error) {
      // Nobody to witness is no reason not to log; somebody who has seen a larger log is.
      if (error instanceof TlogError && error.code === 'LOG_ROLLED_BACK') throw error
      return []
    }
  }

  #keep(note: string): Promise<void> {
    const { size } = parseCheckpoint(parseText(note))
    return this.#served.write(new Map([[`archive/checkpoint.${size}`, note]]))
  }

  #alone(change: () => Promise<void>): Promise<void> {
    const done = this.#last.then(change)
    this.#last = done.catch(() => undefined)
    return done
  }

  /** Resolves when nothing is asked or changed any more. */
  async idle(): Promise<void> {
    await this.#asking?.catch(() => undefined)
    await this.#last
  }
}

function parseText(note: string): string {
  return parseNote(note).text
}
