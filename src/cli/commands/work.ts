import { openWorker } from '../../jobs/index.ts'
import { askedToEnd, codeOf } from '../asked-to-end.ts'
import type { Command } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { readSettings } from '../settings.ts'
import { toolIdentity } from '../tool.ts'

/** A worker of the force's service: as many as one likes, on any machines that see its folder. */
export const work: Command = {
  name: 'work',
  usage: '',
  summary: 'a worker of the service: runs its extractions; PEEL_DATA and DATABASE_URL say whose (docs/running.md)',
  words: [],
  options: {},
  async run(_input, terminal) {
    const { data, databaseUrl, origin, kioskFolder, collectedFolder, force } = readSettings(process.env)
    if (databaseUrl === undefined)
      throw new Stop(
        EXIT.usage,
        'DATABASE_URL is missing',
        '`peel serve` on the embedded database starts its own worker; others are told where the database is',
      )
    const ended = askedToEnd()
    const worker = await openWorker({
      data,
      databaseUrl,
      origin,
      ...(kioskFolder !== undefined && { kioskFolder }),
      ...(collectedFolder !== undefined && { collectedFolder }),
      tool: await toolIdentity(),
      force: { name: force, contact: [], regulator: { name: '', contact: [] } },
      now: () => new Date(),
      failed: (what, error) => terminal.error(`${what}: ${codeOf(error)}`, 'it is tried again'),
    })
    terminal.line('waiting for work')
    await ended
    await worker.close()
    return EXIT.done
  },
}
