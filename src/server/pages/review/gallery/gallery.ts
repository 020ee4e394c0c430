import { showRecords } from '../../../../actions/index.ts'
import { errorsView } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { askedFor, beside, cursorOf, filterFields } from '../filter-fields.ts'
import { frame, reading } from '../reading.ts'
import { shownRecord } from '../shown-record.ts'
import { Names } from '../titles.ts'

const PER_PAGE = 24

/** Pictures, films and sounds that were taken, with the records that they belong to. */
export const galleryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.reviewGallery,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['item.viewed'],
    handle: (visit) =>
      reading(visit, 'main', async (open) => {
        const asked = askedFor(visit)
        const names = new Names(open)
        const path = pathTo(PATHS.reviewGallery, { extraction: open.opening.extraction })
        const page = open.view.page({ ...asked.filter, media: true }, PER_PAGE, cursorOf(visit))
        await showRecords(visit.service.ops, visit.actor, open, 'gallery', page.items)
        return {
          page: 'pages/review/gallery/gallery.njk',
          view: {
            ...frame(visit, open, PATHS.reviewGallery),
            title: 'Pictures, films and sounds',
            path,
            fields: filterFields(open.view, asked, names.involved),
            ...errorsView(asked.errors),
            total: page.total,
            records: page.items.map((item) => shownRecord(open, item, { names })),
            links: beside(path, asked.query, page),
          },
        }
      }),
  },
]
