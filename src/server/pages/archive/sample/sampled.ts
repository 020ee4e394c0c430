import {
  ActionError,
  judgementFaults,
  judgeSampled,
  lookAtSampled,
  type SampledRecording,
} from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { archiveOf } from '../address.ts'
import { callWords } from './call-words.ts'
import { sourceTables } from './source-tables.ts'

/** One recording of the sample: what every register says of it now, and whether it is right that nothing ties it (law row E14). */
export const sampledRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveSampled,
    who: 'recording.see',
    logs: ['sample.looked'],
    handle: (visit) => show(visit, {}, []),
  },
  {
    method: 'POST',
    path: PATHS.archiveSampled,
    who: 'recording.check',
    logs: ['sample.judged', 'sample.finished', 'archive.hold_set'],
    handle: async (visit) => {
      const { archive, at } = placeOf(visit)
      const outcome = (['right', 'wrong'] as const).find((one) => one === field(visit, 'outcome'))
      const says = field(visit, 'says')
      const errors: FieldError[] =
        outcome === undefined
          ? [{ field: 'outcome', text: 'Select whether it is right' }]
          : errorsFrom(judgementFaults({ outcome, says }))
      if (outcome === undefined || errors.length > 0) return show(visit, { outcome, says }, errors)
      try {
        const next = await judgeSampled(visit.service.ops, visit.actor, archive, at, { outcome, says })
        return {
          redirect: next === undefined ? sampleOf(archive) : pathTo(PATHS.archiveSampled, { archive, at: next }),
        }
      } catch (error) {
        // Two go through it together: the page of what somebody else has looked at says so.
        if (!(error instanceof ActionError) || error.reason !== 'LOOKED_AT') throw error
        return { redirect: sampleOf(archive) }
      }
    },
  },
]

async function show(
  visit: Visit,
  values: { readonly outcome?: string; readonly says?: string },
  errors: readonly FieldError[],
): Promise<Answer> {
  const { archive, at } = placeOf(visit)
  const recording = await lookAtSampled(visit.service.ops, visit.actor, archive, at)
  return {
    page: 'pages/archive/sample/sampled.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: `Recording ${recording.at} of ${recording.of}`,
      back: sampleOf(archive),
      backText: 'Check a sample before destruction',
      ...partsOf(recording),
      recording,
      values,
      later:
        recording.judged === undefined && recording.at < recording.of
          ? pathTo(PATHS.archiveSampled, { archive, at: recording.at + 1 })
          : undefined,
      ...errorsView(errors),
    },
  }
}

function partsOf(recording: SampledRecording) {
  const { known } = recording
  return known && { call: callWords(recording), tables: sourceTables(known.sources) }
}

function sampleOf(archive: string): string {
  return pathTo(PATHS.archiveSample, { archive })
}

function placeOf({ params }: Visit): { archive: string; at: number } {
  const at = params['at'] ?? ''
  return { archive: archiveOf({ params }), at: /^[1-9]\d{0,6}$/.test(at) ? Number(at) : Number.NaN }
}
