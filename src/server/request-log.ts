import { randomUUID } from 'node:crypto'
import { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'

/** Where lines go: `true` is standard output. */
export type LogTo = boolean | { write(line: string): void }

/**
 * What the server is told of logging: one line of JSON for each request, made by `logRequests`, and one for what failed. Whatever else the framework
 * would write of a request is left out: an address may name what somebody looked for, a message what they typed.
 */
export function loggingOptions(to: LogTo | undefined): FastifyServerOptions {
  // Never what a header says: it would stand in the line as it came.
  const genReqId = () => randomUUID()
  if (to === undefined || to === false) return { logger: false, genReqId }
  return {
    genReqId,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    logger: {
      base: null,
      ...(to !== true && { stream: to }),
      serializers: {
        req: () => ({}),
        res: () => ({}),
        err: (error) => ({ type: '', message: '', stack: '', ...whatFailed(error) }),
      },
    },
  }
}

/** Writes the line of each request: the line of the table of routes, the status and how long it took. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    })
  })
  app.addHook('onRequestAbort', async (request) => {
    request.log.info({ method: request.method, route: request.routeOptions.url ?? 'none', status: 'left' })
  })
}

/** What may be told of an error: its code, and where in the program it came up. Its message may hold what somebody typed. */
export function whatFailed(error: unknown): { code: string; at: string[] } {
  const { code, name, stack } = (error ?? {}) as { code?: unknown; name?: unknown; stack?: unknown }
  const at = String(stack ?? '')
    .split('\n')
    // A frame and nothing else: a message of several lines could hold one that begins alike.
    .filter((line) => /^ {4}at (?:[\w$.<>[\] #]+ \()?(?:file:|node:|\/)[^\s]+:\d+:\d+\)?$/.test(line))
    .map((line) => line.trim().replace(/(?:file:\/\/)?\/[^\s()]*\/(?=(?:src|node_modules)\/)/, ''))
  return { code: String(code ?? name ?? 'unknown').slice(0, 64), at: at.slice(0, 12) }
}
