import type { FastifyInstance } from 'fastify'
import { signedIn, steppedUp } from '../../actions/index.ts'
import { PATHS } from '../paths.ts'
import type { Service } from '../service.ts'
import { SignInClient, type Going } from './client.ts'
import { isCsrfToken, newToken, seal, unseal } from './cookie.ts'
import { endSession, noteStepUp, sessionId, startSession, whoIs } from './session.ts'

/** The cookie of whoever is signed in. */
export const COOKIE = 'peel'
const GOING = 'peel-going'

/** The pages by which people come in and go out. They stand outside the table of routes because there is nobody yet to ask the policy about. */
export function signInRoutes(app: FastifyInstance, service: Service): void {
  const client = new SignInClient(service)
  const { ops, signIn, url } = service
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: url.startsWith('https:') } as const

  app.get<{ Querystring: { to?: string } }>(PATHS.signIn, async (request, reply) => {
    const { url: away, going } = await client.leave(ownPath(request.query.to), false)
    return reply.setCookie(GOING, seal(signIn.secret, going), { ...cookie, maxAge: 600 }).redirect(away.href)
  })

  app.get<{ Querystring: { to?: string } }>(PATHS.stepUp, async (request, reply) => {
    const { url: away, going } = await client.leave(ownPath(request.query.to), true)
    return reply.setCookie(GOING, seal(signIn.secret, going), { ...cookie, maxAge: 600 }).redirect(away.href)
  })

  app.get(PATHS.signInDone, async (request, reply) => {
    const going = unseal(signIn.secret, request.cookies[GOING]) as Going | undefined
    if (going === undefined) return reply.redirect(PATHS.signIn)
    const person = await client.comeBack(new URL(request.url, url), going).catch((error) => {
      request.log.warn({ code: (error as { code?: string }).code }, 'a sign-in was refused by the provider')
      return undefined
    })
    reply.clearCookie(GOING, cookie)
    if (person === undefined) return reply.redirect(PATHS.signIn)
    const now = ops.now()
    const before = await whoIs(ops.store, request.cookies[COOKIE], now)
    if (going.stepUp && before?.actor.id === person.id) {
      await steppedUp(ops, before.actor, sessionId(before.token), 'other')
      await noteStepUp(ops.store, before.token, now)
      return reply.redirect(going.to)
    }
    // A new sign-in has a new token, whatever the browser brought.
    const token = newToken()
    await signedIn(ops, person, sessionId(token))
    if (before) await endSession(ops.store, before.token)
    await startSession(ops.store, token, person.id, now)
    return reply.setCookie(COOKIE, token, cookie).redirect(going.to)
  })

  app.post<{ Body: { csrf?: string } }>(PATHS.signOut, async (request, reply) => {
    const token = request.cookies[COOKIE]
    if (token !== undefined && isCsrfToken(signIn.secret, token, request.body?.csrf)) await endSession(ops.store, token)
    return reply.clearCookie(COOKIE, cookie).redirect(PATHS.signIn)
  })
}

/** A path of our own, whatever was asked for: nobody is sent elsewhere from here. */
function ownPath(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : PATHS.home
}
