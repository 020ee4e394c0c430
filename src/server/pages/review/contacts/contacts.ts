import { PATHS } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { listPage } from '../list-page.ts'

/** Contacts that were taken. */
export const contactsRoutes: readonly Route[] = [
  listPage({
    path: PATHS.reviewContacts,
    view: 'contacts',
    template: 'pages/review/records-page.njk',
    title: 'Contacts',
    perPage: 50,
    only: { kind: 'contact' },
    more: () => ({ what: 'contacts', one: 'contact' }),
  }),
]
