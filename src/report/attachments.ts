import type { Attachment } from '../records/index.ts'
import { type Line, type PictureRef, phone, type Span } from './document.ts'
import type { Material } from './material.ts'
import { size } from './words.ts'

/** Says of every file of a record what it is, and whether it was taken. */
export function attachmentLines(attachments: readonly Attachment[]): Line[] {
  return attachments.map(({ name, media_type, bytes, sha256, taken }): Span[] => {
    const facts: Span[] = [phone(name)]
    if (media_type !== undefined) facts.push(', ', phone(media_type))
    if (bytes !== undefined) facts.push(`, ${size(bytes)}`)
    return taken && sha256 !== undefined
      ? ['File: ', ...facts, ', taken. SHA-256:\n', { code: sha256 }]
      : ['File: ', ...facts, ', not taken']
  })
}

/** The pictures among the files of a record that are shown. */
export function picturesOf(attachments: readonly Attachment[], { pictures }: Material): PictureRef[] {
  return attachments.flatMap(({ name, sha256, taken }) =>
    taken && sha256 !== undefined && pictures.has(sha256) ? [{ sha256, name, caption: [phone(name)] }] : [],
  )
}
