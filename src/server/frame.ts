import type { FastifyRequest } from 'fastify'
import { askForAppFor, breachReportFor, navigationFor } from './navigation.ts'
import type { Service } from './service.ts'
import { csrfToken } from './sign-in/cookie.ts'
import { type SignedIn, whoIs } from './sign-in/session.ts'
import { COOKIE } from './sign-in/sign-in.ts'

/** What stands around a page: whose service it is, and for whoever is signed in their name, their menu and the way out. */
export function frameFor(
  { force, signIn }: Pick<Service, 'force' | 'signIn'>,
  signedIn: SignedIn | undefined,
  path: string,
): Readonly<Record<string, unknown>> {
  if (signedIn === undefined) return { force }
  const { actor, token } = signedIn
  return {
    force,
    person: actor,
    csrf: csrfToken(signIn.secret, token),
    navigation: navigationFor(actor, path),
    reportBreach: breachReportFor(actor),
    askForApp: askForAppFor(actor),
  }
}

/** The same for a page that says what went wrong. Where even who asks cannot be found out, it stands without a menu. */
export async function frameOfError(
  service: Service,
  request: FastifyRequest,
): Promise<{ readonly signedIn: SignedIn | undefined; readonly frame: Readonly<Record<string, unknown>> }> {
  const { ops } = service
  const signedIn = await whoIs(ops.store, request.cookies?.[COOKIE], ops.now()).catch(() => undefined)
  return { signedIn, frame: frameFor(service, signedIn, request.url) }
}
