/** Exit codes, as `peel help` states them. */
export const EXIT = {
  done: 0,
  /** a check failed, or nothing was granted */
  failed: 1,
  /** wrong usage */
  usage: 2,
  /** the source could not be read */
  unreadable: 3,
  /** refused: signature, expiry, same person twice, wrong device */
  refused: 4,
} as const

/** Ends a command with an exit code and the two lines that say why. */
export class Stop extends Error {
  override readonly name = 'Stop'
  readonly exit: number
  readonly hint: string

  constructor(exit: number, message: string, hint: string) {
    super(message)
    this.exit = exit
    this.hint = hint
  }
}
