import { type DpiaFile, type DpiaPart, readDpiaFile, writeDpia } from '../../../../actions/index.ts'
import type { Dpia } from '../../../../apps/index.ts'
import { field } from '../../../form.ts'
import { type NotTaken, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Visit } from '../../../route.ts'

/** The assessment of an address. */
export function fileOf({ service, actor, params }: Visit): Promise<DpiaFile> {
  return readDpiaFile(service.ops, actor, params['dpia'] ?? '')
}

/** Back to the page of the assessment. */
export function back({ params }: Visit, done = ''): Answer {
  return { redirect: `${pathTo(PATHS.dpia, { dpia: params['dpia'] ?? '' })}${done}` }
}

/** Saves a change of an assessment that somebody has read as it is now; what is not taken is shown by `again`. */
export async function save(
  visit: Visit,
  part: DpiaPart,
  change: (dpia: Dpia) => Dpia,
  again: (not: NotTaken) => Promise<Answer>,
): Promise<Answer> {
  const dpiaId = visit.params['dpia'] ?? ''
  const seen = Number(field(visit, 'seen'))
  const not = await taken(
    () => writeDpia(visit.service.ops, visit.actor, { dpiaId, seen, part, change }),
    () => 'main-content',
  )
  return not === undefined ? back(visit, '?done=saved') : again(not)
}

/** What all pages say on which an assessment is written. */
export function frame({ row }: DpiaFile) {
  return {
    caption: row.title,
    back: pathTo(PATHS.dpia, { dpia: row.id }),
    backText: row.title,
    seen: row.version,
    button: 'Save',
  }
}

/** The form beside a risk or a measure that takes it out; none where there is nothing to take out yet. */
export function removal({ params }: Visit, path: string | undefined, text: string) {
  return path === undefined ? {} : { remove: { text, href: pathTo(path, params) } }
}
