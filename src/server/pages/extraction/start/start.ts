import { ActionError, readStart, startExtraction } from '../../../../actions/index.ts'
import { capital } from '../words.ts'
import { scopeOf } from './scope-words.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** Where the phone's data comes from. The only question here: everything else was decided before. */
export const startRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.extractionStart,
    who: 'extraction.start',
    about: 'request',
    logs: [],
    handle: (visit) => show(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.extractionStart,
    who: 'extraction.start',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const requestId = params['request'] ?? ''
      const from = field(visit, 'from')
      if (from === '') return show(visit, [{ field: 'from', text: 'Choose where the phone’s data is' }])
      // Spaces are part of a password, unlike of everything else.
      const typed = visit.form['password']
      const password = typeof typed === 'string' && typed !== '' ? typed : undefined
      try {
        const id = await startExtraction(service.ops, actor, {
          requestId,
          from: from.startsWith('kiosk:') ? { kiosk: from.slice('kiosk:'.length) } : { upload: from },
          ...(password !== undefined && { password }),
        })
        return { redirect: pathTo(PATHS.extraction, { extraction: id }) }
      } catch (error) {
        if (!(error instanceof ActionError) || error.code !== 'NOT_VALID') throw error
        const of = error.reason === 'PASSWORD' ? 'password' : 'from'
        return show(visit, [{ field: of, text: capital(error.message) }])
      }
    },
  },
]

async function show(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const requestId = params['request'] ?? ''
  const { grant, upload, kiosk, hasKiosk } = await readStart(service.ops, actor, requestId)
  const { device, request } = grant
  return {
    page: 'pages/extraction/start/start.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: `Extract from ${device.exhibit}`,
      back: PATHS.extractions,
      reference: request.reference,
      device,
      description: capital(device.description),
      validUntil: grant.validUntil,
      scope: scopeOf(grant.envelope),
      requestId,
      byHand: pathTo(PATHS.extractionByHand, { request: requestId }),
      upload: upload && {
        ...upload,
        address: pathTo(PATHS.upload, { upload: upload.id }),
        takeBack: pathTo(PATHS.uploadTakeBack, { upload: upload.id }),
        percent: Math.floor((upload.received / upload.bytes) * 100),
      },
      begin: PATHS.uploads,
      kiosk,
      hasKiosk,
      from: field(visit, 'from'),
      ...errorsView(errors),
    },
  }
}
