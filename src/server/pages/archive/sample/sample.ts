import { couldEver } from '../../../../access/index.ts'
import { drawSample, readSamples, type Sample } from '../../../../actions/index.ts'
import { sampleSize } from '../../../../recordings/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { archiveOf } from '../address.ts'
import { boundWords } from './bound-words.ts'

/** A second look at what nothing ties, before anybody proposes to destroy it (law row E14). */
export const sampleRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.archiveSample, who: 'archive.see', logs: [], handle: show },
  {
    method: 'POST',
    path: PATHS.archiveSampleDraw,
    formOn: PATHS.archiveSample,
    who: 'archive.manage',
    logs: ['sample.drawn'],
    handle: async (visit) => {
      await drawSample(visit.service.ops, visit.actor, archiveOf(visit))
      return { redirect: pathTo(PATHS.archiveSample, { archive: archiveOf(visit) }) }
    },
  },
]

async function show(visit: Visit): Promise<Answer> {
  const { service, actor } = visit
  const archive = archiveOf(visit)
  const { title, isMatched, proposed = 0, current, before } = await readSamples(service.ops, actor, archive)
  const mayLook = couldEver(actor, 'recording.see') && couldEver(actor, 'recording.check')
  const mayDraw = couldEver(actor, 'archive.manage')
  return {
    page: 'pages/archive/sample/sample.njk',
    view: {
      title: 'Check a sample before destruction',
      back: pathTo(PATHS.archive, { archive }),
      backText: title,
      proposed,
      isMatched,
      size: sampleSize(proposed),
      draw: mayDraw && isMatched && current === undefined && proposed > 0 ? drawPath(archive) : undefined,
      current: current && {
        ...shown(current),
        left: current.items - current.looked,
        look:
          mayLook && current.next !== undefined && isMatched
            ? pathTo(PATHS.archiveSampled, { archive, at: current.next })
            : undefined,
      },
      // What a wrong one asks for: registers that say more, and another matching.
      again: mayDraw && current?.state === 'finished' && current.wrong > 0,
      registers: pathTo(PATHS.archiveRegisters, { archive }),
      before: before.map(shown),
    },
  }
}

function shown(sample: Sample) {
  return {
    ...sample,
    result: sample.finishedAt === undefined ? undefined : boundWords(sample),
    lookers: sample.lookers.map(({ name, looked }) => `${name} (${looked.toLocaleString('en-GB')})`),
  }
}

function drawPath(archive: string): string {
  return pathTo(PATHS.archiveSampleDraw, { archive })
}
