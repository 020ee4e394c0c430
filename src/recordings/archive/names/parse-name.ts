import { baseName } from './base-name.ts'
import { type NameTemplate, type ReadyTemplate, readyLearnt, readyTemplate } from './name-template.ts'
import type { NamedCall } from './named-call.ts'
import { RECORDERS } from './recorders.ts'

/** Reads names of recordings: by the templates that were learnt of this archive, which read no name in two ways, then by those of every known recorder. */
export class NameParser {
  readonly #templates: readonly ReadyTemplate[]

  /** Throws TemplateError where a template that was learnt cannot be used. */
  constructor(learnt: readonly NameTemplate[] = []) {
    const known = RECORDERS.flatMap(({ id, templates }) => templates.map((one) => ({ ...one, id })))
    this.#templates = [...learnt.map(readyLearnt), ...known.map(readyTemplate)]
  }

  /** What the name of a file tells, by its path in an archive; undefined where no template fits. */
  parse(path: string): NamedCall | undefined {
    const name = baseName(path)
    if (name === undefined) return undefined
    for (const template of this.#templates) {
      const found = template.read(name.stem, name.folders)
      if (found !== undefined) return found
    }
    return undefined
  }
}
