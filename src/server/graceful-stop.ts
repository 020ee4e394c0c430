import type { FastifyInstance } from 'fastify'

/** For so long, in milliseconds, requests under way may take to come to their end once the service is told to end. */
const PATIENCE = 20_000
const LOOK = 100

/**
 * Lets a service end: what is under way is answered, and the connection then given up. By itself a server would wait for browsers and the web server
 * before it, which keep theirs open for a minute in case there is more to ask.
 */
export function gracefulStop(app: FastifyInstance): void {
  let looking: NodeJS.Timeout | undefined
  let last: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    looking = setInterval(() => app.server.closeIdleConnections(), LOOK).unref()
    last = setTimeout(() => app.server.closeAllConnections(), PATIENCE).unref()
  })
  app.addHook('onClose', async () => {
    clearInterval(looking)
    clearTimeout(last)
  })
}
