import type { FastifyInstance } from 'fastify'
import { keysOf, signedIn, signedOut, steppedUp } from '../../actions/index.ts'
import { errorsView } from '../form.ts'
import { navigationFor } from '../navigation.ts'
import { outOfDate } from '../out-of-date.ts'
import { PATHS, toProve } from '../paths.ts'
import { render } from '../render.ts'
import type { Service } from '../service.ts'
import { SignInClient, type Going } from './client.ts'
import { csrfToken, isCsrfToken, newToken, seal, unseal } from './cookie.ts'
import { beginConfirmation, finishConfirmation, relyingParty } from './security-key.ts'
import { endSession, noteStepUp, sessionId, type SignedIn, startSession, whoIs } from './session.ts'

/** The cookie of whoever is signed in. */
export const COOKIE = 'peel'
const GOING = 'peel-going'
const HTML = 'text/html; charset=utf-8'
/** So many seconds after the provider asked who somebody is, it has just done so. */
const JUST_NOW = 300

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
    const before = await whoIs(ops.store, request.cookies[COOKIE], ops.now())
    const options = before && (await beginConfirmation(service, before.actor, before.token))
    if (before && options)
      return reply.type(HTML).send(confirmPage(service, before, ownPath(request.query.to), options))
    const { url: away, going } = await client.leave(ownPath(request.query.to), true)
    return reply.setCookie(GOING, seal(signIn.secret, going), { ...cookie, maxAge: 600 }).redirect(away.href)
  })

  app.post<{ Body: { csrf?: string; to?: string; response?: string } }>(PATHS.stepUp, async (request, reply) => {
    const before = await whoIs(ops.store, request.cookies[COOKIE], ops.now())
    if (before === undefined) return reply.redirect(PATHS.signIn, 303)
    const { csrf, to, response } = request.body ?? {}
    if (!isCsrfToken(signIn.secret, before.token, csrf)) return reply.code(403).type(HTML).send(outOfDate(service))
    const back = ownPath(typeof to === 'string' ? to : undefined)
    if (await finishConfirmation(service, before.actor, before.token, String(response ?? ''))) {
      await steppedUp(ops, before.actor, sessionId(before.token), 'webauthn')
      await noteStepUp(ops.store, before.token, ops.now())
      return reply.redirect(back, 303)
    }
    const options = await beginConfirmation(service, before.actor, before.token)
    if (options === undefined) return reply.redirect(toProve(back), 303)
    return reply
      .code(400)
      .type(HTML)
      .send(confirmPage(service, before, back, options, true))
  })

  // Where a form waits in another tab.
  app.get(PATHS.stepUpDone, async (_request, reply) =>
    reply
      .type(HTML)
      .send(render('sign-in/confirmed.njk', { title: 'You have confirmed that it is you', force: service.force })),
  )

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
      // Who has a key uses it; and a provider that did not ask anew has proved nothing.
      if (relyingParty(service) && (await keysOf(ops, person.id)).length > 0) return reply.redirect(PATHS.stepUp)
      const age = now.getTime() / 1000 - (person.authenticatedAt ?? 0)
      if (age > JUST_NOW) return reply.redirect(going.to)
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
    if (token !== undefined && isCsrfToken(signIn.secret, token, request.body?.csrf)) {
      const before = await whoIs(ops.store, token, ops.now())
      // Going out comes before the log: whoever wants to be out is out, whatever else fails.
      await endSession(ops.store, token)
      if (before) await signedOut(ops, before.actor, sessionId(token))
    }
    return reply.clearCookie(COOKIE, cookie).redirect(PATHS.signIn)
  })
}

/** The page on which somebody uses their key. */
function confirmPage(
  { force, signIn }: Service,
  { actor, token }: SignedIn,
  to: string,
  options: object,
  failed = false,
): string {
  return render('sign-in/confirm.njk', {
    title: 'Confirm that it is you',
    force,
    person: actor,
    csrf: csrfToken(signIn.secret, token),
    navigation: navigationFor(actor, PATHS.stepUp),
    // Not to what wants the proof: that only leads here again.
    back: PATHS.home,
    backText: 'Your start page',
    to,
    options: JSON.stringify(options),
    ...errorsView(failed ? [{ field: 'use-key', text: 'The key did not confirm that it is you. Try again' }] : []),
  })
}

/** A path of our own, whatever was asked for: nobody is sent elsewhere from here. */
function ownPath(path: string | undefined): string {
  return path !== undefined && /^\/(?![/\\])[^\s\\]*$/.test(path) ? path : PATHS.home
}
