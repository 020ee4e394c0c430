import { couldEver } from '../../../../../access/index.ts'
import { readBatches } from '../../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Answer, Route, Visit } from '../../../../route.ts'
import { archiveOf } from '../../address.ts'
import { bytesWords, hoursWords } from '../../recording-words.ts'
import { STATE_WORDS } from '../words.ts'

/** What was proposed for destruction of an archive, and what became of it (law row E14). */
export const listRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.archiveBatches, who: 'archive.see', logs: [], handle: show },
]

async function show({ service, actor, params }: Visit): Promise<Answer> {
  const archive = archiveOf({ params })
  const { title, isOver, batches } = await readBatches(service.ops, actor, archive)
  return {
    page: 'pages/archive/batch/list/list.njk',
    view: {
      title: 'Destruction of recordings',
      back: pathTo(PATHS.archive, { archive }),
      backText: title,
      propose: !isOver && couldEver(actor, 'batch.propose') ? pathTo(PATHS.archiveBatchNew, { archive }) : undefined,
      batches: batches.map((batch) => ({
        ...batch,
        tag: STATE_WORDS[batch.state],
        size: bytesWords(batch.bytes),
        length: hoursWords(batch.durationMs),
        href: pathTo(PATHS.batch, { batch: batch.id }),
      })),
    },
  }
}
