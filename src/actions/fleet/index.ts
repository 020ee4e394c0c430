export { FLEET_SOURCES } from '../../apps/index.ts'
export {
  beginFleetImport,
  handInFleetFiles,
  isStuck,
  LARGEST_AT_ONCE,
  sayFleetColumns,
  startFleetImport,
  takeBackFleetImport,
} from './collect-import.ts'
export { decideName, type NameProposal, readNames } from './names.ts'
export { seeQuietPhones } from './quiet-phones.ts'
export { type FleetFigures, overdueTickets, readFleet } from './read-fleet.ts'
export { type ImportRead, type ImportSummary, readFleetImport, readFleetImports } from './read-imports.ts'
export { giveRoster, LARGEST_ROSTER } from './roster.ts'
export { fleetImportsLeftBehind, QUIET_DAYS, runFleetImport } from './run-import.ts'
export { LONGEST_TICKET_NOTE, settleTicket } from './settle-ticket.ts'
export {
  readTickets,
  seeTicket,
  type TicketInShort,
  type TicketRead,
  TICKETS_SHOWN,
  type TicketsWanted,
} from './tickets.ts'
