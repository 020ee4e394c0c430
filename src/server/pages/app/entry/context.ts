import { type AppFile, type DpiaLine, type Ops, readDpias } from '../../../../actions/index.ts'
import type { AppVersion, CatalogueEntry, Person } from '../../../../apps/index.ts'
import type { Actor } from '../../../../actions/index.ts'
import { type Day, dayOf, isDay } from '../../../../retention/index.ts'
import type { FieldError } from '../../../form.ts'
import type { Answers, Known, Question } from '../../../questions.ts'
import { knownPeople, namedBy } from '../people.ts'

/** What the pages of an entry know when they ask. */
export interface PartContext {
  readonly entry: CatalogueEntry
  readonly file: AppFile
  readonly today: Day
  readonly owners: readonly Known[]
  readonly everybody: readonly Known[]
  readonly dpias: readonly DpiaLine[]
  /** the last version seen of each package, and those that the entry names */
  readonly versions: readonly AppVersion[]
  /** somebody by a staff number */
  person(field: string, id: string): Promise<{ readonly one?: Person; readonly errors: readonly FieldError[] }>
}

/** What was typed, as a change of the entry; or what is wrong with it. */
export type Read =
  | { readonly errors: readonly FieldError[]; readonly change?: undefined }
  | { readonly errors?: undefined; readonly change: (entry: CatalogueEntry) => CatalogueEntry }

/** One part of an entry: what it asks, what is answered already, and what is made of the answers. */
export interface Part {
  readonly intro?: readonly string[]
  readonly questions: (about: PartContext) => readonly Question[]
  readonly answers: (about: PartContext) => Answers
  readonly read: (given: Given, about: PartContext) => Read | Promise<Read>
}

/** Answers with what is wrong with them, gathered while they are read. */
export class Given {
  readonly errors: FieldError[] = []
  readonly #answers: Answers

  constructor(answers: Answers) {
    this.#answers = answers
  }

  /** A text; '' where nothing was given. */
  text(name: string): string {
    const answer = this.#answers[name]
    return typeof answer === 'string' ? answer : ''
  }

  /** What is ticked. */
  list(name: string): readonly string[] {
    const answer = this.#answers[name]
    return Array.isArray(answer) ? answer : []
  }

  /** A text that must be there. */
  needed(name: string, empty: string, most = 4000): string {
    const text = this.text(name)
    if (text === '') this.wrong(name, empty)
    if (text.length > most) this.wrong(name, `Use ${most.toLocaleString('en-GB')} characters or fewer`)
    return text
  }

  /** One of a list. */
  one<T extends string>(name: string, of: readonly T[], empty: string): T {
    const found = of.find((value) => value === this.text(name))
    if (found === undefined) this.wrong(name, empty)
    return found ?? (of[0] as T)
  }

  /** A day that there is; `until` is the last that may be given. */
  day(name: string, empty: string, { until, from }: { until?: Day; from?: Day } = {}): Day {
    const text = this.text(name)
    if (!isDay(text)) this.wrong(name, empty)
    else if (until !== undefined && text > until) this.wrong(name, 'The day must be today or earlier')
    else if (from !== undefined && text <= from) this.wrong(name, 'The day must be in the future')
    return text
  }

  /** Says what is wrong with a field. */
  wrong(field: string, text: string): void {
    this.errors.push({ field, text })
  }

  /** What comes of it: a change, unless something was wrong. */
  read(change: (entry: CatalogueEntry) => CatalogueEntry): Read {
    return this.errors.length > 0 ? { errors: this.errors } : { change }
  }
}

/** Gathers what the page of a part needs. */
export async function contextOf(ops: Ops, actor: Actor, file: AppFile): Promise<PartContext> {
  const { entry, seen } = file.row.record
  const [owners, everybody, dpias] = await Promise.all([
    knownPeople(ops, 'app_owner'),
    knownPeople(ops),
    readDpias(ops, actor, entry.id),
  ])
  const versions = new Map([...entry.versions, ...seen].map((one) => [`${one.platform} ${one.id}`, one]))
  return {
    entry,
    file,
    today: dayOf(ops.now()),
    owners,
    everybody,
    dpias,
    versions: [...versions.values()],
    async person(field, id) {
      if (id === '') return { errors: [{ field, text: 'Enter a staff number' }] }
      const { people, errors } = await namedBy(ops, field, [id])
      const [one] = people
      return { ...(one !== undefined && { one }), errors }
    },
  }
}
