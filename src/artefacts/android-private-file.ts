import type { SourceFile } from '../acquisition/index.ts'
import type { ReadContext } from './artefact.ts'
import { isNamed } from './is-named.ts'

/** A second way by which Android mounts the same folders; what lies there would be counted twice. */
const MIRROR = /(^|\/)data_mirror\//

/** Whether a path is a database of one of these names, and no mirror of it. */
export function isDatabase(path: string, ...names: readonly string[]): boolean {
  return isNamed(path, ...names) && !MIRROR.test(path)
}

/**
 * Finds the file behind a path that an Android app wrote into its own database, such as
 * `/data/user_de/0/com.android.providers.telephony/app_parts/PART_1`. The path is the phone's; the file is looked for where
 * the database itself lies in the source: beside it in the app's folder, in the app's `r/` of an Android backup, at the
 * phone's path under the same root, or loose in the same folder. Never outside the source: only listed files are found.
 */
export function privateFile(context: ReadContext, stored: unknown, folder: string): SourceFile | undefined {
  if (typeof stored !== 'string' || stored.length > 4096) return undefined
  const name = stored.slice(stored.lastIndexOf('/') + 1)
  if (name === '' || name === '.' || name === '..') return undefined
  for (const candidate of candidates(context.path, stored, folder, name)) {
    const file = context.file(candidate)
    if (file !== undefined) return file
  }
  return undefined
}

function candidates(database: string, stored: string, folder: string, name: string): string[] {
  const here = database.slice(0, database.lastIndexOf('/') + 1)
  const app = /^(|.*\/)databases\/$/.exec(here)?.[1]
  const backup = /^(|.*\/)db\/$/.exec(here)?.[1]
  const root = /^(|.*?\/)data\/(?:data|user|user_de)\//.exec(database)?.[1]
  return [
    ...(app === undefined ? [] : [`${app}${folder}/${name}`]),
    ...(backup === undefined ? [] : [`${backup}r/${folder}/${name}`]),
    ...(root === undefined || !stored.startsWith('/') ? [] : [`${root}${stored.slice(1)}`]),
    `${here}${folder}/${name}`,
    `${here}${name}`,
  ]
}
