import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance, RouteShorthandOptions } from 'fastify'
import type { Service } from './service.ts'

/** What a log may be asked for: C2SP tlog-tiles, and what stands beside it (docs/formats/log.md). */
const FILE =
  /^(?:checkpoint|policy\.tlog-policy|archive\/checkpoint\.\d{1,16}|tile\/(?:entries|\d{1,2})\/(?:x\d{3}\/)*\d{3}(?:\.p\/\d{1,3})?)$/

/** Serves the log as the static files that it is, to anybody: there is nothing personal in it. */
export function serveLog(app: FastifyInstance, { ops }: Service, options: RouteShorthandOptions): void {
  app.get<{ Params: { '*': string } }>('/log/*', options, async (request, reply) => {
    const name = request.params['*']
    if (!FILE.test(name)) return reply.callNotFound()
    const path = join(ops.logFolder, name)
    const size = statSync(path, { throwIfNoEntry: false })?.size
    if (size === undefined) return reply.callNotFound()
    const fixed = name.startsWith('tile/') || name.startsWith('archive/')
    reply.header('cache-control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache')
    reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin')
    reply.header('content-length', size)
    return reply
      .type(name.startsWith('tile/') ? 'application/octet-stream' : 'text/plain; charset=utf-8')
      .send(createReadStream(path))
  })
}
