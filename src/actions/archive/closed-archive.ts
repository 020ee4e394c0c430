import type { ArchivesTable } from '../../store/index.ts'
import { ActionError } from '../action-error.ts'

/** In these an archive is at its end: two people have decided so, and its key is gone, or going. */
export const CLOSED_STATES = ['closing', 'closed'] as const satisfies readonly ArchivesTable['state'][]

/** Whether nothing more is done with an archive. */
export function isClosed({ state }: { readonly state: string }): boolean {
  return CLOSED_STATES.some((one) => one === state)
}

/** Throws ActionError NOT_NOW `CLOSED` where nothing more is done with it. */
export function mustBeOpen(archive: { readonly state: string }): void {
  if (isClosed(archive))
    throw new ActionError('NOT_NOW', 'CLOSED', 'this archive is closed', 'look at the list of archives')
}
