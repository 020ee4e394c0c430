import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { ASSETS } from './assets/styles.ts'
import { errorPages } from './error-pages.ts'
import { serveLog } from './log-files.ts'
import { gracefulStop } from './graceful-stop.ts'
import { health } from './health.ts'
import { metrics } from './metrics.ts'
import { mount } from './mount.ts'
import { readMultipart } from './multipart.ts'
import { loggingOptions, type LogTo, logRequests } from './request-log.ts'
import { ROUTES } from './routes.ts'
import { securityHeaders } from './security-headers.ts'
import type { Service } from './service.ts'
import { providerInside } from './sign-in/provider.ts'
import { signInRoutes } from './sign-in/sign-in.ts'

/** Forms are short: the longest is a request's reasons. Routes for files say their own limit. */
const LONGEST_BODY = 100 << 10
/** Pages a minute from one address: far above what a person can open, far below what a machine can. */
const PER_MINUTE = 1200

/** For what every page loads, and for what whoever checks us has to ask for many times. */
const UNLIMITED = { config: { rateLimit: false } } as const

/** Builds the web service. The order of a request is the order of this function. */
export async function buildApp(
  service: Service,
  options: { log?: LogTo; perMinute?: number } = {},
): Promise<FastifyInstance> {
  const app = fastify({
    ...loggingOptions(options.log),
    bodyLimit: LONGEST_BODY,
    trustProxy: false,
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 60_000,
  })
  await app.register(rateLimit, { max: options.perMinute ?? PER_MINUTE, timeWindow: '1 minute' })
  gracefulStop(app)
  logRequests(app)
  errorPages(app, service)
  securityHeaders(app, { https: service.url.startsWith('https:') })
  health(app, service, UNLIMITED)
  metrics(app, service)
  app.get<{ Params: { name: string } }>('/assets/:name', UNLIMITED, async (request, reply) => {
    const asset = ASSETS.get(request.params.name)
    if (asset === undefined) return reply.callNotFound()
    reply.header('cache-control', 'public, max-age=3600').header('etag', asset.etag)
    if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send()
    return reply.type(asset.type).send(asset.body)
  })
  serveLog(app, service, UNLIMITED)
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: LONGEST_BODY })
  // Parts of sources; the route says how long.
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: LONGEST_BODY },
    (_request, body, done) => done(null, body),
  )
  app.addContentTypeParser<Buffer>(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: LONGEST_BODY },
    async (request: FastifyRequest, body: Buffer) => readMultipart(request.headers['content-type'] ?? '', body),
  )
  if (service.signIn.issuer === undefined) await providerInside(app, service)
  signInRoutes(app, service)
  mount(app, service, ROUTES)
  return app
}
