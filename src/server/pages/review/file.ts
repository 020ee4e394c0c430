import { Readable } from 'node:stream'
import { notFound, showRecords } from '../../../actions/index.ts'
import type { Compartment } from '../../../review/index.ts'
import { openMedia } from '../../../review/index.ts'
import type { Route } from '../../route.ts'
import { wholeNumber } from './filter-fields.ts'
import { PLACES, reading } from './reading.ts'

/** What keeps a file from the phone to being looked at: it runs nothing, loads nothing, is framed nowhere and kept nowhere. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
} as const

const ACTS = { main: 'extract.tag', privileged: 'extract.see_privileged', excess: 'extract.see_excess' } as const

/** Files that were taken, one at a time, each logged: only pictures, films and sounds, as their bytes say, whatever the phone calls them. What no browser plays is saved. */
export const fileRoutes: readonly Route[] = (['main', 'privileged', 'excess'] as const).map((compartment) =>
  fileRoute(compartment),
)

function fileRoute(compartment: Compartment): Route {
  return {
    method: 'GET',
    path: PLACES[compartment].file,
    who: ACTS[compartment],
    about: 'extraction',
    logs: ['item.viewed'],
    handle: (visit) =>
      reading(visit, compartment, async (open) => {
        const [item] = open.view.records([visit.params['record'] ?? ''])
        const file = item?.record.attachments[wholeNumber(visit.params['file']) ?? -1]
        if (item === undefined || file?.sha256 === undefined || !file.taken) throw notFound()
        await showRecords(visit.service.ops, visit.actor, open, 'item', [item])
        const media = await openMedia(open.payload(file.sha256))
        if (media === undefined)
          return {
            status: 415,
            type: 'text/plain; charset=utf-8',
            headers: HEADERS,
            body: 'this kind of file is not shown',
          }
        const name = `file.${media.type.split('/')[1]}`
        return {
          type: media.type,
          headers: {
            ...HEADERS,
            'content-disposition': `${media.isPlayed ? 'inline' : 'attachment'}; filename="${name}"`,
          },
          body: Readable.from(media.chunks),
        }
      }),
  }
}
