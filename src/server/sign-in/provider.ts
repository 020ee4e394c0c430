import type { FastifyInstance, FastifyRequest } from 'fastify'
import { render } from '../render.ts'
import type { Service } from '../service.ts'

/** The path under which the provider inside answers. */
export const PROVIDER = '/provider'

/**
 * The provider inside: OpenID Connect like any other, with a page to choose a person instead of a password. It is for trying Peel out,
 * and `serve` refuses to let it listen on anything but loopback.
 */
export async function providerInside(app: FastifyInstance, { url, signIn, force }: Service): Promise<void> {
  const { Provider } = await quietly(() => import('oidc-provider'))
  const provider = await quietly(
    () =>
      new Provider(`${url}${PROVIDER}`, {
        clients: [
          {
            client_id: signIn.clientId,
            client_secret: signIn.clientSecret ?? 'inside',
            redirect_uris: [`${url}/sign-in/done`],
            response_types: ['code'],
            grant_types: ['authorization_code'],
          },
        ],
        claims: { openid: ['sub'], profile: ['name', 'rank', 'schedule_3_part', signIn.rolesClaim] },
        conformIdTokenClaims: false,
        features: { devInteractions: { enabled: false } },
        cookies: { keys: [signIn.secret.toString('base64url')] },
        pkce: { required: () => true },
        ttl: { Interaction: 600, Session: 600, Grant: 600, IdToken: 600, AccessToken: 600 },
        interactions: { url: (_ctx, { uid }) => `${PROVIDER}/choose/${uid}` },
        findAccount: (_ctx, id) => {
          const person = signIn.people.find((candidate) => candidate.id === id)
          if (person === undefined) return undefined
          const claims = {
            sub: id,
            name: person.name,
            rank: person.rank,
            schedule_3_part: person.schedule3,
            [signIn.rolesClaim]: [...person.roles],
          }
          return { accountId: id, claims: () => claims }
        },
        // Nobody is asked whether they agree to tell their own force who they are.
        loadExistingGrant: async (ctx) => {
          const grant = new ctx.oidc.provider.Grant({
            clientId: ctx.oidc.client?.clientId,
            accountId: ctx.oidc.session?.accountId,
          })
          grant.addOIDCScope('openid profile')
          await grant.save()
          return grant
        },
      }),
  )
  const answer = provider.callback()

  app.get<{ Params: { uid: string } }>(`${PROVIDER}/choose/:uid`, async (request, reply) => {
    const { uid } = await provider.interactionDetails(request.raw, reply.raw)
    const view = { title: 'Who are you today?', force, people: signIn.people, action: `${PROVIDER}/choose/${uid}` }
    return reply.type('text/html; charset=utf-8').send(render('sign-in/choose.njk', view))
  })
  app.post<{ Body: { person?: string } }>(`${PROVIDER}/choose/:uid`, async (request, reply) => {
    const accountId = signIn.people.find(({ id }) => id === request.body.person)?.id
    const result = accountId === undefined ? { error: 'access_denied' } : { login: { accountId } }
    reply.hijack()
    await provider.interactionFinished(request.raw, reply.raw, result)
  })
  app.register(async (inside) => {
    // The provider reads bodies by itself.
    inside.removeAllContentTypeParsers()
    inside.addContentTypeParser('*', (_request: FastifyRequest, _body: unknown, done: (error: null) => void) =>
      done(null),
    )
    inside.all(`${PROVIDER}/*`, (request, reply) => handOver(request, reply))
    // Where a provider is looked for: OpenID Connect Discovery 1.0 section 4.
    inside.get(`${PROVIDER}/.well-known/openid-configuration`, (request, reply) => handOver(request, reply))
  })

  async function handOver(request: FastifyRequest, reply: import('fastify').FastifyReply): Promise<void> {
    reply.hijack()
    const raw = request.raw as typeof request.raw & { originalUrl?: string }
    raw.originalUrl = raw.url ?? ''
    raw.url = raw.originalUrl.slice(PROVIDER.length)
    await answer(raw, reply.raw)
  }
}

/** What the library warns of is meant for whoever lets people in by it in earnest. This one is to try Peel out with, and says so on its page. */
async function quietly<T>(work: () => T | Promise<T>): Promise<T> {
  const { warn } = console
  console.warn = () => {}
  try {
    return await work()
  } finally {
    console.warn = warn
  }
}
