import {
  ActionError,
  isCaseFault,
  type KeepInput,
  keepFaults,
  MOST_KEPT,
  proposeKeep,
  readTied,
  type TiedRecordings,
} from '../../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError, fields } from '../../../../form.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Answer, Route, Visit } from '../../../../route.ts'
import { lengthWords, reasonWords, recordingWords } from '../../recording-words.ts'

/** Where recordings of one tie are proposed to be kept for a case: which, for which case, why (law row E14). */
export const proposeKeepRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveKeepTied,
    who: 'recording.keep',
    logs: [],
    handle: async (visit) => {
      const tied = await tiedOf(visit)
      const about = tied.cases.find(({ named }) => named) ?? (tied.cases.length === 1 ? tied.cases[0] : undefined)
      const given = { caseId: about?.id ?? '', relevance: '', necessity: '' }
      return form(tied, { ...given, recordings: tied.recordings.slice(0, MOST_KEPT).map(({ id }) => id) }, [])
    },
  },
  {
    method: 'POST',
    path: PATHS.archiveKeepTied,
    who: 'recording.keep',
    logs: ['recording.keep_proposed'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const archive = params['archive'] ?? ''
      const given: KeepInput = {
        recordings: fields(visit, 'recordings'),
        caseId: field(visit, 'case'),
        relevance: field(visit, 'relevance'),
        necessity: field(visit, 'necessity'),
      }
      const tied = await tiedOf(visit)
      const errors = errorsFrom(keepFaults(given))
      if (errors.length > 0) return form(tied, given, errors)
      try {
        const keep = await proposeKeep(service.ops, actor, archive, given)
        return { redirect: `${pathTo(PATHS.keep, { archive, keep })}?done=proposed` }
      } catch (error) {
        const at = errorAt(error)
        if (at === undefined) throw error
        return form(tied, given, [at])
      }
    },
  },
]

/** At which field something stands that cannot be done now. */
function errorAt(error: unknown): FieldError | undefined {
  if (!(error instanceof ActionError)) return undefined
  if (error.reason === 'NOT_KEEPABLE')
    return {
      field: 'recordings',
      text: 'Some of these were matched or decided on anew. Select from those that are left',
    }
  return isCaseFault(error) ? { field: 'case', text: 'Select an open case that you are a member of' } : undefined
}

function tiedOf({ service, actor, params }: Visit): Promise<TiedRecordings> {
  return readTied(service.ops, actor, params['archive'] ?? '', params['tie'] ?? '')
}

function form(
  { archive, tie, recordings, cases }: TiedRecordings,
  given: KeepInput,
  errors: readonly FieldError[],
): Answer {
  const chosen = new Set(given.recordings)
  return {
    page: 'pages/archive/keep/propose/propose.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Propose to keep recordings',
      caption: tieWords(tie),
      back: pathTo(PATHS.archiveKeep, { archive: archive.id }),
      backText: 'Which recordings are to be kept?',
      more: recordings.length > MOST_KEPT ? recordings.length - MOST_KEPT : 0,
      recordings: recordings.slice(0, MOST_KEPT).map((one) => ({
        value: one.id,
        text: `${recordingWords(one)}, ${one.duration_ms === null ? 'length not known' : lengthWords(one.duration_ms)}`,
        hint: { text: reasonWords(one.codes).join(' ') },
        checked: chosen.has(one.id),
      })),
      cases: cases.map((one) => ({
        value: one.id,
        text: one.reference,
        hint: { text: one.named ? `${one.offence}. The same number as the occurrence that ties them.` : one.offence },
        checked: one.id === given.caseId,
      })),
      given,
      ...errorsView(errors),
    },
  }
}

function tieWords({ of, target }: TiedRecordings['tie']): string {
  if (target === undefined) return 'Held for another reason'
  return of === 'case' ? `Occurrence ${target}` : `Operation ${target}`
}
