import { couldEver } from '../../../../access/index.ts'
import { approveDestruction, readDestruction, refuseDestruction } from '../../../../actions/index.ts'
import { notFound } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
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
      return { redirect: pathTo(PATHS.destruction, { destruction: id }) }
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

async function show(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const destruction = params['destruction'] ?? ''
  const found = await readDestruction(service.ops, actor, destruction)
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
      found,
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
