import { baseName } from './base-name.ts'
import type { NamedCall } from './named-call.ts'
import { type ReadyTemplate, readyLearnt } from './name-template.ts'
import type { NameTemplate } from './template-pattern.ts'

/** Names that a template reads, for whoever decides on it. */
export interface Tried {
  readonly path: string
  readonly call: NamedCall
}

/** How a template does on a whole archive. */
export class TemplateTrial {
  readonly #template: ReadyTemplate
  readonly #examples: number
  /** names there are */
  of = 0
  /** of them, how many it reads */
  read = 0
  /** of these, how many say something else than they were read to say before */
  otherwise = 0
  readonly examples: Tried[] = []

  /** Throws TemplateError. */
  constructor(template: NameTemplate, examples = 10) {
    this.#template = readyLearnt(template)
    this.#examples = examples
  }

  /** Reads one more name. `before`: what it was read to say, if anything. */
  add(path: string, before: NamedCall | undefined): void {
    this.of++
    const name = baseName(path)
    const call = name && this.#template.read(name.stem, name.folders)
    if (call === undefined) return
    this.read++
    if (before !== undefined && isOther(before, call)) this.otherwise++
    // The first, and then ever more seldom, so that they are not all of one phone.
    const kept = this.examples.length
    if (kept < this.#examples) this.examples.push({ path, call })
    else if ((this.read * 7919) % (this.read + 1) < kept) this.examples[this.read % kept] = { path, call }
  }
}

function isOther(before: NamedCall, now: NamedCall): boolean {
  const says = ({ numbers, contact, direction, started }: NamedCall) => [
    numbers.length > 0 ? numbers.join(',') : undefined,
    contact,
    direction,
    started?.at.join(','),
  ]
  const [then, after] = [says(before), says(now)]
  return then.some((said, index) => said !== undefined && said !== after[index])
}
