import { couldEver } from '../../../../access/index.ts'
import {
  approveDestruction,
  type OneHeld,
  readDestruction,
  readOneHeld,
  refuseDestruction,
} from '../../../../actions/index.ts'
import { notFound } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import type { HoldKind } from '../../../../retention/index.ts'
import { HOLD_WORDS, taggedWords } from '../words.ts'
import { failureWords } from '../../review/excess-destruction/excess-destruction.ts'

/** A destruction: the second of two people decides; afterwards the certificate. */
export const destructionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.destruction,
    who: 'retention.see',
    about: 'destruction',
    logs: [],
    handle: (visit) => show(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.destructionApprove,
    formOn: PATHS.destruction,
    who: 'destruction.approve',
    about: 'destruction',
    logs: ['destruction.authorised', 'destruction.done', 'destruction.certified'],
    handle: async (visit) => {
      const id = visit.params['destruction'] ?? ''
      if (field(visit, 'sure') !== 'yes') return show(visit, [{ field: 'sure', text: 'Tick that you have checked it' }])
      await approveDestruction(visit.service.ops, visit.actor, id)
      return { redirect: pathTo(PATHS.destruction, { destruction: id }) }
    },
  },
  {
    method: 'POST',
    path: PATHS.destructionRefuse,
    formOn: PATHS.destruction,
    who: 'destruction.approve',
    about: 'destruction',
    logs: ['destruction.refused'],
    handle: async (visit) => {
      const id = visit.params['destruction'] ?? ''
      const reason = field(visit, 'reason')
      if (reason === '') return show(visit, [{ field: 'reason', text: 'Enter why you refuse' }])
      await refuseDestruction(visit.service.ops, visit.actor, id, reason)
      return { redirect: `${pathTo(PATHS.destruction, { destruction: id })}?done=refused` }
    },
  },
  {
    method: 'GET',
    path: PATHS.destructionCertificate,
    who: 'retention.see',
    about: 'destruction',
    logs: [],
    handle: async ({ service, actor, params }) => {
      const { certificate } = await readDestruction(service.ops, actor, params['destruction'] ?? '')
      if (certificate === undefined) throw notFound()
      return {
        body: JSON.stringify(certificate),
        type: 'application/json; charset=utf-8',
        headers: { 'content-disposition': 'attachment; filename="destruction-certificate.json"' },
      }
    },
  },
]

const DONE: Readonly<Record<string, string>> = {
  proposed:
    'Its destruction is proposed. Nothing is destroyed until another person approves it: it waits on their start page.',
  refused: 'The destruction is refused. What is held stays.',
}

/** What the last review found, in a sentence. */
function reviewedWords({ row }: OneHeld): string | undefined {
  if (row.review_outcome === null) return undefined
  const outcome = row.review_outcome === 'dispose' ? 'It is to be destroyed' : 'It stays'
  const relevance = row.relevance === 'relevant' ? 'it is relevant' : 'it is not relevant'
  return `${outcome}; ${row.relevance === 'undecided' ? 'whether it is relevant was left open' : relevance}; ${row.evidence ? 'it must be kept as evidence' : 'it need not be kept as evidence'}`
}

/** How many records a certificate says were destroyed. */
function recordsIn(certificate: Record<string, unknown> | undefined): number {
  const kinds = (certificate?.['records'] ?? {}) as Record<string, number>
  return Object.values(kinds).reduce((sum, count) => sum + count, 0)
}

async function show(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const destruction = params['destruction'] ?? ''
  const found = await readDestruction(service.ops, actor, destruction)
  // Whoever decides has before them what was decided and why; afterwards there is nothing of it to read.
  const held = found.state === 'proposed' ? await readOneHeld(service.ops, actor, found.extraction) : undefined
  const open = held?.holds.filter(({ lifted_at }) => lifted_at === null) ?? []
  const to = (path: string) => pathTo(path, { destruction })
  return {
    page: 'pages/retention/destruction/destruction.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title:
        found.state === 'done'
          ? 'Certificate of destruction'
          : `Destruction of ${found.records === undefined ? '' : 'a part of '}${found.exhibit} in ${found.caseReference}`,
      back: couldEver(actor, 'destruction.approve')
        ? PATHS.retention
        : pathTo(PATHS.excessDestruction, { extraction: found.extraction }),
      done: DONE[visit.query['done'] ?? ''],
      found,
      records: recordsIn(found.certificate),
      held,
      ...(held && {
        tagged: taggedWords(held),
        reviewed: reviewedWords(held),
        holds: open.length === 0 ? 'None' : open.map(({ kind }) => HOLD_WORDS[kind as HoldKind]).join(', '),
      }),
      holding: pathTo(PATHS.holding, { extraction: found.extraction }),
      part: found.records !== undefined,
      why: found.failure === undefined ? undefined : failureWords(found.failure),
      mayDecide: found.state === 'proposed' && found.proposedBy !== actor.id && couldEver(actor, 'destruction.approve'),
      own: found.proposedBy === actor.id,
      approve: to(PATHS.destructionApprove),
      refuse: to(PATHS.destructionRefuse),
      certificateHref: to(PATHS.destructionCertificate),
      reason: field(visit, 'reason'),
      ...errorsView(errors),
    },
  }
}
