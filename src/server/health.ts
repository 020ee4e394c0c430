import type { FastifyInstance, RouteShorthandOptions } from 'fastify'
import { PATHS } from './paths.ts'
import type { Service } from './service.ts'

/** `/health`: the process is there. `/ready`: its database and its log are, too. */
export function health(app: FastifyInstance, { ops, version }: Service, options: RouteShorthandOptions): void {
  app.get(PATHS.health, options, async () => ({ healthy: true, version }))
  app.get(PATHS.ready, options, async (_request, reply) => {
    const database = await ops.store.pool.query('SELECT 1').then(
      () => true,
      () => false,
    )
    const log = ops.journal.isRunning()
    return reply.code(database && log ? 200 : 503).send({ ready: database && log, database, log })
  })
}
