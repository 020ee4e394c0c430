import { showRecords } from '../../../../actions/index.ts'
import { errorsView } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { askedFor, beside, cursorOf, filterFields } from '../filter-fields.ts'
import { frame, reading } from '../reading.ts'
import { shownRecord } from '../shown-record.ts'
import { Names } from '../titles.ts'

const PER_PAGE = 50
const KIND = 'contact'

/** Contacts that were taken. */
export const contactsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.reviewContacts,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['item.viewed'],
    handle: (visit) =>
      reading(visit, 'main', async (open) => {
        const asked = askedFor(visit)
        const names = new Names(open)
        const path = pathTo(PATHS.reviewContacts, { extraction: open.opening.extraction })
        const page = open.view.page({ ...asked.filter, kind: KIND }, PER_PAGE, cursorOf(visit))
        await showRecords(visit.service.ops, visit.actor, open, 'contacts', page.items)
        return {
          page: 'pages/review/records-page.njk',
          view: {
            ...frame(visit, open, PATHS.reviewContacts),
            title: 'Contacts',
            what: 'contacts',
            one: 'contact',
            path,
            fields: filterFields(open.view, asked, names.involved, { kind: KIND }),
            ...errorsView(asked.errors),
            total: page.total,
            records: page.items.map((item) => shownRecord(open, item, { names })),
            links: beside(path, asked.query, page),
          },
        }
      }),
  },
]
