import type { Visit } from '../../route.ts'

/** Which archive an address names. */
export function archiveOf({ params }: Pick<Visit, 'params'>): string {
  return params['archive'] ?? ''
}
