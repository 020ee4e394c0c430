/** A file that came with a form. What it was called on somebody's computer is not kept. */
export interface UploadedFile {
  readonly bytes: Buffer
}

/** A form with files: its fields as other forms have them, and its files by the name of their field, where no field can be. */
export interface Multipart {
  readonly [name: string]: string | string[]
  readonly [FILES]: ReadonlyMap<string, readonly UploadedFile[]>
}

/** Where the files of a form are. */
export const FILES = Symbol('files')

/** A form that cannot be read: whoever sent it made it by hand. */
export class MultipartError extends Error {
  override readonly name = 'MultipartError'
  readonly statusCode = 400
}

const MOST_PARTS = 500
const LINE_END = Buffer.from('\r\n')
const HEAD_END = Buffer.from('\r\n\r\n')
const LONGEST_HEAD = 4096

/**
 * Reads `multipart/form-data` (RFC 7578), the form in which a browser sends files. An empty choice of a file is none. Throws MultipartError.
 */
export function readMultipart(contentType: string, body: Buffer): Multipart {
  const boundary = /;\s*boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(contentType)
  if (boundary === null) throw new MultipartError('a form with files names its boundary')
  const line = Buffer.from(`--${boundary[1] ?? boundary[2] ?? ''}`)
  const files = new Map<string, UploadedFile[]>()
  const fields = new Map<string, string[]>()
  let at = body.indexOf(line)
  for (let parts = 0; at >= 0; parts++) {
    const from = at + line.length
    if (body.subarray(from, from + 2).toString('latin1') === '--') break
    if (parts >= MOST_PARTS) throw new MultipartError('a form has fewer parts')
    const headEnd = body.indexOf(HEAD_END, from)
    // The line end before a boundary belongs to the boundary.
    const next = body.indexOf(Buffer.concat([LINE_END, line]), from)
    if (headEnd < 0 || next < headEnd || headEnd - from > LONGEST_HEAD)
      throw new MultipartError('a part of a form has a head and an end')
    const head = body.subarray(from, headEnd).toString('utf8')
    const name = /;\s*name="([^"\r\n]{1,100})"/i.exec(head)?.[1]
    if (name === undefined) throw new MultipartError('a part of a form has a name')
    const content = body.subarray(headEnd + HEAD_END.length, next)
    if (!/;\s*filename\*?=/i.test(head)) fields.set(name, [...(fields.get(name) ?? []), content.toString('utf8')])
    else if (content.length > 0) files.set(name, [...(files.get(name) ?? []), { bytes: content }])
    at = next + LINE_END.length
  }
  const form = Object.create(null) as Record<string, string | string[]>
  for (const [name, values] of fields) form[name] = values.length === 1 ? (values[0] as string) : values
  return Object.assign(form, { [FILES]: files }) as Multipart
}

/** The files of a form, whatever came: of each field the last. */
export function filesOf(body: unknown): ReadonlyMap<string, UploadedFile> {
  const found = (body as Partial<Multipart> | null | undefined)?.[FILES] ?? new Map<string, UploadedFile[]>()
  return new Map([...found].flatMap(([name, all]) => all.slice(-1).map((one) => [name, one] as const)))
}

/** Every file of one field that takes several, in their order. */
export function everyFileOf(body: unknown, name: string): readonly UploadedFile[] {
  return (body as Partial<Multipart> | null | undefined)?.[FILES]?.get(name) ?? []
}
