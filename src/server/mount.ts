import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, allow, NOBODY, noteRefusal, onlyLooks, type Subject } from '../actions/index.ts'
import { frameFor } from './frame.ts'
import { filesOf } from './multipart.ts'
import { outOfDate } from './out-of-date.ts'
import { PATHS } from './paths.ts'
import { formsToProveFor, proveAndSendAgain, proveFirst } from './prove-first.ts'
import { render } from './render.ts'
import type { Answer, Route, Visit } from './route.ts'
import type { Service } from './service.ts'
import { isCsrfToken } from './sign-in/cookie.ts'
import { whoIs } from './sign-in/session.ts'
import { COOKIE } from './sign-in/sign-in.ts'

/** Puts the table of routes in place. Each is: who is it; may they; does the form come from us; the page; the answer. */
export function mount(app: FastifyInstance, service: Service, routes: readonly Route[]): void {
  const forms = formsToProveFor(routes)
  for (const route of routes)
    app.route({
      method: route.method,
      url: route.path,
      ...(route.bodyLimit !== undefined && { bodyLimit: route.bodyLimit }),
      ...(route.perMinute !== undefined && { config: { rateLimit: { max: route.perMinute, timeWindow: '1 minute' } } }),
      handler: async (request, reply) => {
        const { ops } = service
        const now = ops.now()
        const signedIn = await whoIs(ops.store, request.cookies[COOKIE], now)
        if (signedIn === undefined && route.who !== 'anyone')
          return reply.redirect(
            `${PATHS.signIn}?to=${encodeURIComponent(route.method === 'GET' ? request.url : PATHS.home)}`,
          )
        const actor = signedIn?.actor ?? NOBODY
        if (route.method === 'GET' && signedIn !== undefined) onlyLooks(actor)
        const params = request.params as Record<string, string>
        const where = await may(service, route, actor, params)
        const fromUs = signedIn === undefined || isFromUs(request, service, signedIn.token)
        if ('stepUp' in where)
          return signedIn !== undefined && route.method === 'POST' && fromUs
            ? proveAndSendAgain(request, reply, service, signedIn)
            : proveFirst(request, reply, route, service)
        if (route.method === 'GET' && (await formNeedsProof(service, forms.get(route.path), actor, params)))
          return proveFirst(request, reply, route, service)
        if (route.method !== 'GET' && !fromUs)
          return reply
            .code(403)
            .type('text/html; charset=utf-8')
            .send(outOfDate(service, frameFor(service, signedIn, request.url)))
        const visit: Visit = {
          service,
          actor,
          caseId: where.caseId,
          params,
          query: request.query as Record<string, string | undefined>,
          form: (request.body ?? {}) as Visit['form'],
          files: filesOf(request.body),
          now,
          request,
          reply,
        }
        const answer = await route.handle(visit)
        return send(reply, answer, frameFor(service, signedIn, request.url))
      },
    })
}

/** Asks the policy. Throws ActionError where it says no. */
async function may(
  { ops }: Service,
  { who, about, stepUp }: Route,
  actor: Actor,
  params: Record<string, string>,
): Promise<{ caseId?: string } | { stepUp: true }> {
  if (stepUp && !actor.stepUp) return { stepUp }
  if (who === 'anyone' || who === 'signed-in') return {}
  const decided = await allow(ops, actor, who, subjectOf(about, params))
  if (decided.allowed) return { caseId: decided.caseId }
  if (decided.code === 'STEP_UP') return { stepUp: true }
  throw await noteRefusal(ops, actor, who, decided)
}

/** Whether a form on a page would be taken from this person but for a proof of who they are. */
async function formNeedsProof(
  { ops }: Service,
  forms: readonly Route[] = [],
  actor: Actor,
  params: Record<string, string>,
): Promise<boolean> {
  if (actor.stepUp) return false
  for (const { who, about } of forms) {
    if (who === 'anyone' || who === 'signed-in') continue
    const decided = await allow(ops, actor, who, subjectOf(about, params))
    if (!decided.allowed && decided.code === 'STEP_UP') return true
  }
  return false
}

function subjectOf(about: Route['about'], params: Record<string, string>): Subject | undefined {
  return about === undefined ? undefined : ({ of: about, id: params[about] ?? '' } as Subject)
}

/** A form is only taken from a page of the same sign-in. */
function isFromUs(request: FastifyRequest, { signIn, url }: Service, token: string): boolean {
  const origin = request.headers.origin
  if (origin !== undefined && origin !== 'null' && origin !== url) return false
  const body = request.body as { csrf?: unknown } | undefined
  return isCsrfToken(signIn.secret, token, request.headers['x-csrf'] ?? body?.csrf)
}

function send(reply: FastifyReply, answer: Answer, frame: Readonly<Record<string, unknown>>): FastifyReply {
  if ('done' in answer) return reply
  if ('redirect' in answer) return reply.redirect(answer.redirect, 303)
  if ('page' in answer)
    return reply
      .code(answer.status ?? 200)
      .type('text/html; charset=utf-8')
      .send(render(answer.page, { ...frame, ...answer.view }))
  return reply
    .code(answer.status ?? 200)
    .headers(answer.headers ?? {})
    .type(answer.type)
    .send(answer.body)
}
