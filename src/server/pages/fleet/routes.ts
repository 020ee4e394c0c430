import type { Route } from '../../route.ts'
import { beginRoutes } from './begin/begin.ts'
import { importRoutes } from './import/import.ts'
import { namesRoutes } from './names/names.ts'
import { overviewRoutes } from './overview/overview.ts'
import { quietRoutes } from './quiet/quiet.ts'
import { rosterRoutes } from './roster/roster.ts'
import { ticketRoutes } from './ticket/ticket.ts'
import { ticketsRoutes } from './tickets/tickets.ts'

/** What phones really hold: bringing it in, what is wrong, and seeing to it. */
export const fleetRoutes: readonly Route[] = [
  ...overviewRoutes,
  ...beginRoutes,
  ...importRoutes,
  ...rosterRoutes,
  ...namesRoutes,
  ...quietRoutes,
  ...ticketsRoutes,
  ...ticketRoutes,
]
