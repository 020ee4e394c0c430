import type { Route } from '../../route.ts'
import { callsRoutes } from './calls/calls.ts'
import { contactsRoutes } from './contacts/contacts.ts'
import { conversationRoutes } from './conversation/conversation.ts'
import { conversationsRoutes } from './conversations/conversations.ts'
import { examinedRoutes } from './examined/examined.ts'
import { excessDestructionRoutes } from './excess-destruction/excess-destruction.ts'
import { fileRoutes } from './file.ts'
import { galleryRoutes } from './gallery/gallery.ts'
import { mapRoutes } from './map/map.ts'
import { openRoutes } from './open/open.ts'
import { overviewRoutes } from './overview/overview.ts'
import { recordRoutes } from './record/record.ts'
import { searchRoutes } from './search/search.ts'
import { setApartRoutes } from './set-apart/set-apart.ts'
import { timelineRoutes } from './timeline/timeline.ts'

/** Reading what was taken: opened for a purpose, logged page by page, closed by itself. */
export const reviewingRoutes: readonly Route[] = [
  ...openRoutes,
  ...overviewRoutes,
  ...conversationsRoutes,
  ...conversationRoutes,
  ...timelineRoutes,
  ...galleryRoutes,
  ...mapRoutes,
  ...callsRoutes,
  ...contactsRoutes,
  ...searchRoutes,
  ...examinedRoutes,
  ...recordRoutes,
  ...fileRoutes,
  ...setApartRoutes,
  ...excessDestructionRoutes,
]
