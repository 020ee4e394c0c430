import { hash } from 'node:crypto'
import { canonical } from '../../records/index.ts'
import { type NameTemplate, readTemplates } from '../../recordings/index.ts'

/** How names are read that were learnt of an archive, where it is kept: an entry of `peel-name-templates/1`, in which null says that a direction is not known. */
export type KeptTemplate = Readonly<Record<string, unknown>>

/** A template as it is kept, under an id. */
export function keptTemplate(id: string, { template, directions }: Omit<NameTemplate, 'id'>): KeptTemplate {
  return {
    id,
    template,
    ...(directions !== undefined && {
      directions: Object.fromEntries(Object.entries(directions).map(([word, means]) => [word, means ?? null])),
    }),
  }
}

/** SHA-256 in lower-case hex over what a template reads, whatever its id: by it the log names what was proposed and what was decided on. */
export function contentsOf(kept: KeptTemplate): string {
  return hash('sha256', canonical({ ...kept, id: '' }), 'hex')
}

/** Reads templates that were kept. Throws TemplateError. */
export function templatesFrom(kept: readonly KeptTemplate[]): NameTemplate[] {
  return readTemplates(JSON.stringify({ format: 'peel-name-templates/1', templates: kept }))
}
