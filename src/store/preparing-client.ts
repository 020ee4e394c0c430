import pg from 'pg'

/** Statements that a connection keeps prepared. The service has some hundreds of them; what comes after is prepared each time. */
const MOST = 500
/** Values of a statement that is kept: one with more holds a list, and lists have many lengths. */
const MOST_VALUES = 16

/**
 * A connection that has each statement read and planned by the server once, and not at every page: planning takes longer than most of our questions.
 * Only statements with values are kept: what is written into a statement itself would make each of them another one.
 */
export class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>()

  constructor(config?: string | pg.ClientConfig) {
    super(config)
    const plain = this.query.bind(this) as (...given: unknown[]) => unknown
    // The driver's `query` has eight signatures; Kysely and we use the one with a text and its values.
    this.query = ((text: unknown, values: unknown, ...more: unknown[]) => {
      const isKept =
        typeof text === 'string' && Array.isArray(values) && values.length > 0 && values.length <= MOST_VALUES
      const name = isKept ? this.#nameOf(text) : undefined
      return name === undefined ? plain(text, values, ...more) : plain({ name, text, values }, ...more)
    }) as typeof this.query
  }

  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known !== undefined || this.#names.size >= MOST) return known
    const name = `peel-${this.#names.size}`
    this.#names.set(text, name)
    return name
  }
}
