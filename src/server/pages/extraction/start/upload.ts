import {
  ActionError,
  beginUpload,
  LARGEST_CHUNK,
  receiveChunk,
  takeBackUpload,
  uploadOf,
  uploadState,
} from '../../../../actions/index.ts'
import { field } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** Sources that are handed in by a script, in parts. What a part may be, and how far it has come, is answered as JSON. */
export const uploadRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: PATHS.uploads,
    who: 'signed-in',
    logs: [],
    perMinute: 30,
    handle: (visit) =>
      told(async () => {
        const { service, actor } = visit
        const id = await beginUpload(service.ops, actor, {
          requestId: field(visit, 'request'),
          bytes: Number(field(visit, 'bytes')),
        })
        return { address: pathTo(PATHS.upload, { upload: id }) }
      }),
  },
  {
    method: 'PUT',
    path: PATHS.upload,
    who: 'signed-in',
    logs: ['source.received'],
    bodyLimit: LARGEST_CHUNK,
    handle: (visit) =>
      told(async () => {
        const { service, actor, params, query, request } = visit
        const { body } = request
        if (!Buffer.isBuffer(body))
          throw new ActionError('NOT_VALID', 'CHUNK', 'a part is sent as octets', 'send application/octet-stream')
        const offset = /^\d{1,16}$/.test(query['offset'] ?? '') ? Number(query['offset']) : Number.NaN
        return receiveChunk(service.ops, actor, params['upload'] ?? '', { offset, chunk: body })
      }),
  },
  {
    method: 'GET',
    path: PATHS.upload,
    who: 'signed-in',
    logs: [],
    handle: ({ service, actor, params }) => told(() => uploadState(service.ops, actor, params['upload'] ?? '')),
  },
  {
    method: 'POST',
    path: PATHS.uploadTakeBack,
    who: 'signed-in',
    logs: ['source.destroyed'],
    handle: async ({ service, actor, params }: Visit) => {
      const id = params['upload'] ?? ''
      const { request_id: request } = await uploadOf(service.ops, actor, id)
      await takeBackUpload(service.ops, actor, id)
      return { redirect: pathTo(PATHS.extractionStart, { request }) }
    },
  },
]

const STATUS = { NOT_ALLOWED: 403, NOT_FOUND: 404, NOT_NOW: 409, NOT_VALID: 400 } as const

/** Answers a script: what it asked for, or why not, in words and in one that does not change. */
async function told(act: () => Promise<object>): Promise<Answer> {
  const type = 'application/json; charset=utf-8'
  try {
    return { body: JSON.stringify(await act()), type }
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    const { code, reason, message, hint } = error
    const says = `${message[0]?.toUpperCase()}${message.slice(1)}${hint === '' ? '' : `: ${hint}`}.`
    return { body: JSON.stringify({ reason, says }), type, status: STATUS[code] }
  }
}
