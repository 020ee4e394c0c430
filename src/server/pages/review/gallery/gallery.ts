import { PATHS } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { listPage } from '../list-page.ts'

/** Pictures, films and sounds that were taken, with the records that they belong to. */
export const galleryRoutes: readonly Route[] = [
  listPage({
    path: PATHS.reviewGallery,
    view: 'gallery',
    template: 'pages/review/gallery/gallery.njk',
    title: 'Pictures, films and sounds',
    perPage: 24,
    only: { media: true },
  }),
]
