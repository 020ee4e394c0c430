import { couldEver } from '../../../../../access/index.ts'
import { allow, type Keep, readKeep, tryKeepAgain } from '../../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Answer, Route, Visit } from '../../../../route.ts'
import { recordingsWords } from '../../recording-words.ts'
import { KEEP_WORDS, keepFacts, whyNotKept } from '../words.ts'

const DONE: Readonly<Record<string, string>> = {
  proposed: 'It is proposed. An authorising officer decides, and sees it now.',
  again: 'It is tried again.',
}

/** Recordings that are kept for a case, or were to be: what they are in numbers, where they stand, and where they lie now. */
export const showKeepRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.keep, who: 'archive.see', logs: [], handle: show },
  {
    method: 'POST',
    path: PATHS.keepAgain,
    who: 'recording.keep',
    formOn: PATHS.keep,
    logs: ['recording.keep_tried_again'],
    handle: async ({ service, actor, params }) => {
      await tryKeepAgain(service.ops, actor, params['keep'] ?? '')
      return { redirect: `${pathTo(PATHS.keep, named(params))}?done=again` }
    },
  },
]

async function show({ service: { ops }, actor, params, query }: Visit): Promise<Answer> {
  const { archive, keep: id } = named(params)
  const keep = await readKeep(ops, actor, archive, id)
  return {
    page: 'pages/archive/keep/show/show.njk',
    view: {
      title: keepTitle(keep),
      caption: keep.archiveTitle,
      back: pathTo(PATHS.archiveKeeps, { archive }),
      backText: 'Kept for cases',
      done: DONE[query['done'] ?? ''],
      keep,
      facts: keepFacts(keep),
      tag: KEEP_WORDS[keep.state],
      isAtWork: keep.state === 'being_kept',
      why: keep.failure === undefined ? undefined : whyNotKept(keep.failure),
      again:
        keep.state === 'failed' && couldEver(actor, 'recording.keep')
          ? pathTo(PATHS.keepAgain, { archive, keep: id })
          : undefined,
      links: keep.state === 'kept' ? await linksOf({ ops, actor, keep }) : [],
    },
  }
}

/** Where what is kept lies now: what of it this person may see. */
async function linksOf({ ops, actor, keep }: Pick<Visit['service'], 'ops'> & Pick<Visit, 'actor'> & { keep: Keep }) {
  const extraction = keep.extractionId ?? ''
  const about = { of: 'extraction', id: extraction } as const
  const proved = { stepUp: true }
  const may = async (act: 'extraction.see' | 'retention.see' | 'extract.open') =>
    (await allow(ops, actor, act, about, proved)).allowed
  const isMember = (await allow(ops, actor, 'case.see', { of: 'case', id: keep.caseId })).allowed
  return [
    ...((await may('extract.open'))
      ? [{ text: 'Open the extract and review it', href: pathTo(PATHS.extractOpen, { extraction }) }]
      : []),
    ...((await may('extraction.see'))
      ? [{ text: 'What was sealed, in numbers, and its proof', href: pathTo(PATHS.extraction, { extraction }) }]
      : []),
    ...((await may('retention.see'))
      ? [{ text: 'How long it is held, and its review', href: pathTo(PATHS.holding, { extraction }) }]
      : []),
    ...(isMember ? [{ text: `Case ${keep.caseReference}`, href: pathTo(PATHS.case, { case: keep.caseId }) }] : []),
  ]
}

/** What a page about a keep is called. */
export function keepTitle({ recordings, caseReference }: Keep): string {
  return `${recordingsWords(recordings)} for case ${caseReference}`
}

/** Which keep an address names. */
export function named(params: Visit['params']): { archive: string; keep: string } {
  return { archive: params['archive'] ?? '', keep: params['keep'] ?? '' }
}
