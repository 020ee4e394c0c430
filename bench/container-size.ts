import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ContainerReader } from '../src/vault/index.ts'
import { identity } from './authority.ts'
import { type Figure, MB } from './shape.ts'

/** The size of a container against what was taken: canonical JSON of its records and bytes of its files. */
export async function containerSize(what: string, dir: string): Promise<Figure> {
  let sealed = 0
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    const status = statSync(join(dir, name))
    if (status.isFile()) sealed += status.size
  }
  const reader = await ContainerReader.open(dir, [identity])
  let json = 0
  for (const record of reader.records()) json += Buffer.byteLength(record.json)
  const media = reader.payloads().reduce((sum, { bytes }) => sum + bytes, 0)
  reader.close()
  return {
    what: `size of the container: ${what}`,
    value: sealed / (json + media),
    unit: '×',
    beside: `${size(sealed)} sealed and indexed, of ${size(json)} of records and ${size(media)} of files`,
  }
}

function size(bytes: number): string {
  return `${(bytes / MB).toFixed(1)} MB`
}
