import { PATHS } from '../../paths.ts'
import type { Answer } from '../../route.ts'

/** Sends somebody to confirm that it is they, and back to a page. */
export function proveFirst(back: string): Answer {
  return { redirect: `${PATHS.stepUp}?to=${encodeURIComponent(back)}` }
}
