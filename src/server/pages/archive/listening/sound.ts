import { Readable } from 'node:stream'
import { hearRecording } from '../../../../actions/index.ts'
import { PATHS } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { playedAs, rangeOf, savedAs } from './playing.ts'

/** What keeps a recording to whoever hears it: it is kept nowhere, framed nowhere, and runs nothing. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; media-src 'self'; sandbox; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** The sound itself, for the one person who may hear it now; every second of it is in the log before it is sent (law rows E14, C-LOG). */
export const soundRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.listeningSound, who: 'recording.listen', logs: ['recording.heard'], handle: sound },
  { method: 'GET', path: PATHS.listeningFile, who: 'recording.listen', logs: ['recording.heard'], handle: file },
]

async function sound(visit: Visit): Promise<Answer> {
  const hearing = await opened(visit)
  const { bytes, container, codec, durationMs } = hearing
  const type = playedAs(container, codec)
  if (type === undefined)
    return {
      status: 415,
      type: 'text/plain; charset=utf-8',
      headers: HEADERS,
      body: 'no browser plays this kind of file',
    }
  const asked = rangeOf(visit.request.headers.range, bytes, durationMs)
  if ('not' in asked)
    return {
      status: 416,
      type: 'text/plain; charset=utf-8',
      headers: { ...HEADERS, 'content-range': `bytes */${bytes}` },
      body: '',
    }
  const { from, to } = 'whole' in asked ? { from: 0, to: bytes } : asked
  return {
    status: 'whole' in asked ? 200 : 206,
    type,
    headers: {
      ...HEADERS,
      'accept-ranges': 'bytes',
      'content-length': String(to - from),
      'content-disposition': `inline; filename="${savedAs(container)}"`,
      ...(!('whole' in asked) && { 'content-range': `bytes ${from}-${to - 1}/${bytes}` }),
    },
    body: Readable.from(await hearing.send('sound', from, to)),
  }
}

/** The bytes as they were collected, for what no browser plays. */
async function file(visit: Visit): Promise<Answer> {
  const hearing = await opened(visit)
  const { bytes, container } = hearing
  return {
    type: 'application/octet-stream',
    headers: {
      ...HEADERS,
      'content-length': String(bytes),
      'content-disposition': `attachment; filename="${savedAs(container)}"`,
    },
    body: Readable.from(await hearing.send('file', 0, bytes)),
  }
}

function opened({ service: { ops }, actor, params }: Visit) {
  return hearRecording(ops, actor, { archiveId: params['archive'] ?? '', id: params['listening'] ?? '' })
}
