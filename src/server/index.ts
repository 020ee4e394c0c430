/**
 * Server: the force's service on the web. Knows HTTP, sessions, pages and the table of routes (routes.ts), which says for each who may use it and
 * what it logs. Does not know how anything is done: every act is one of `actions`.
 * Invariant: a route that is not in the table is not there, and none is reached before the policy has said yes.
 */
export { buildApp } from './app.ts'
export { type OpenService, openService, type ServiceSettings } from './open-service.ts'
export type { Service } from './service.ts'
