export { FLEET_SOURCES } from '../../apps/index.ts'
export {
  beginFleetImport,
  handInFleetFiles,
  LARGEST_AT_ONCE,
  sayFleetColumns,
  startFleetImport,
  takeBackFleetImport,
} from './collect-import.ts'
export { decideName, type NameProposal, readNames } from './names.ts'
export {
  type FleetFigures,
  type ImportRead,
  type ImportSummary,
  overdueTickets,
  readFleet,
  readFleetImport,
  readFleetImports,
  seeQuietPhones,
} from './read-fleet.ts'
export { giveRoster, LARGEST_ROSTER } from './roster.ts'
export { fleetImportsLeftBehind, QUIET_DAYS, runFleetImport } from './run-import.ts'
export {
  LONGEST_TICKET_NOTE,
  readTickets,
  seeTicket,
  settleTicket,
  type TicketInShort,
  type TicketRead,
  TICKETS_SHOWN,
  type TicketsWanted,
} from './tickets.ts'
