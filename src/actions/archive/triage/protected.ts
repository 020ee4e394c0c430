import type { Class } from '../../../recordings/index.ts'
import type { Actor } from '../../ops.ts'

/**
 * Whether somebody sees what is known of a protected recording: the disclosure officer alone, by whom the route for privileged and confidential material
 * begins (law row E15).
 */
export function maySeeProtected({ roles }: Pick<Actor, 'roles'>): boolean {
  return roles.includes('disclosure_officer')
}

/** Whether a recording is protected: it is of class C, or a copy of what is. */
export function isProtected(own: Class | null, followed: Class | null | undefined): boolean {
  return (followed ?? own) === 'C'
}
