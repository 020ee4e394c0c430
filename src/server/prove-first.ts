import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Act, POLICY } from '../access/index.ts'
import { frameFor } from './frame.ts'
import { PATHS, toProve } from './paths.ts'
import { render } from './render.ts'
import type { Route } from './route.ts'
import type { Service } from './service.ts'
import type { SignedIn } from './sign-in/session.ts'

/** Whether a route wants that somebody has just confirmed who they are: by what the policy says of its act, or by its own line in the table. */
export function wantsStepUp({ who, stepUp }: Route): boolean {
  return stepUp === true || (who !== 'anyone' && who !== 'signed-in' && POLICY[who as Act].stepUp === true)
}

/**
 * The forms that stand on each page and want a proof of who sends them, by the page's address. Who opens such a page is asked before they type:
 * a form is where what was typed can be lost.
 */
export function formsToProveFor(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const forms = routes.filter((route) => route.method === 'POST' && wantsStepUp(route))
  return Map.groupBy(forms, ({ path, formOn }) => formOn ?? path)
}

/** Sends somebody to confirm that it is they, and back to where they were. */
export function proveFirst(request: FastifyRequest, reply: FastifyReply, route: Route, service: Service): FastifyReply {
  return reply.redirect(toProve(backTo(request, route, service)))
}

/**
 * Answers a form that came when the last proof had run out. What was typed goes back to whoever typed it, in a form that sends it again, and is
 * kept nowhere else: they confirm in a second tab that it is they, and then go on in this one.
 */
export function proveAndSendAgain(
  request: FastifyRequest,
  reply: FastifyReply,
  service: Service,
  signedIn: SignedIn,
): FastifyReply {
  const sent = Object.entries(request.body as Record<string, unknown>).filter(([name]) => name !== 'csrf')
  return reply
    .code(403)
    .type('text/html; charset=utf-8')
    .send(
      render('sign-in/send-again.njk', {
        title: 'Confirm that it is you, then send this again',
        ...frameFor(service, signedIn, request.url),
        action: request.url,
        confirm: toProve(PATHS.stepUpDone),
        fields: sent.flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: String(one) }))),
      }),
    )
}

/** Where somebody comes back to when they have proved who they are: on our own pages, whatever the browser says that it came from. */
function backTo(request: FastifyRequest, { method }: Route, { url }: Service): string {
  if (method === 'GET') return request.url
  const from = URL.parse(request.headers['referer'] ?? '')
  if (from !== null && from.origin === new URL(url).origin && /^\/(?!\/)/.test(from.pathname)) return from.pathname
  return request.url.replace(/\/[^/]*$/, '') || PATHS.home
}
