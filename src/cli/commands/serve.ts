import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openService } from '../../server/index.ts'
import { isTold, STORY_PEOPLE, type StoryClock, tellStory } from '../../story/index.ts'
import { askedToEnd, codeOf } from '../asked-to-end.ts'
import { collectSample } from '../collected-sample.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit.ts'
import { ownWorker } from '../own-worker.ts'
import { readSettings } from '../settings.ts'
import { toolIdentity } from '../tool.ts'

/** The force's service. */
export const serve: Command = {
  name: 'serve',
  usage: '',
  summary: 'the force’s service on the web; settings are environment variables (docs/running.md)',
  words: [],
  options: {},
  async run(_input, terminal) {
    const settings = readSettings(process.env)
    const tool = await toolIdentity()
    const { issuer, clientId, clientSecret, rolesClaim } = settings
    // Without an identity provider it is there to be tried, with an invented force and its story.
    const invented = issuer === undefined
    const clock = new Clock()
    const kioskFolder = settings.kioskFolder ?? (invented ? join(settings.data, 'kiosk') : undefined)
    if (kioskFolder !== undefined) mkdirSync(kioskFolder, { recursive: true, mode: 0o700 })
    const collectedFolder = settings.collectedFolder ?? (invented ? join(settings.data, 'collected') : undefined)
    if (collectedFolder !== undefined) mkdirSync(collectedFolder, { recursive: true, mode: 0o700 })
    const registers =
      invented && settings.collectedFolder === undefined && collectedFolder !== undefined
        ? collectSample(settings.data, collectedFolder)
        : undefined
    const open = await openService({
      data: settings.data,
      ...(settings.databaseUrl !== undefined && { databaseUrl: settings.databaseUrl }),
      url: settings.url,
      force: settings.force,
      origin: settings.origin,
      version: tool.version,
      witnesses: settings.witnesses,
      signIn: {
        ...(issuer !== undefined && { issuer }),
        clientId,
        ...(clientSecret !== undefined && { clientSecret }),
        rolesClaim,
        people: STORY_PEOPLE,
      },
      ...(kioskFolder !== undefined && { kioskFolder }),
      ...(collectedFolder !== undefined && { collectedFolder }),
      now: () => clock.now(),
      failed: (what, error) => terminal.error(`${what}: ${codeOf(error)}`, 'see docs/running.md'),
      log: process.env['PEEL_LOG'] === 'on',
    })
    // From here on there is something to put away.
    const ended = askedToEnd()
    if (invented && !(await isTold(open.service.ops))) {
      terminal.line('Telling the story of an invented force; this is done once.')
      await tellStory(open.service.ops, clock, {
        tool,
        end: new Date(),
        progress: (says) => terminal.progress(() => says),
      })
      terminal.settled()
      clock.run()
    }
    await open.app.listen({ host: settings.host, port: settings.port })
    terminal.line(`${settings.force} is at ${settings.url}`)
    if (issuer === undefined) {
      terminal.line('Sign in as anybody of its invented people, for example:')
      for (const { name, rank, does } of STORY_PEOPLE.slice(0, 5))
        terminal.line(`  ${rank === undefined ? name : `${name}, ${rank}`}: ${does}`)
      if (registers !== undefined) terminal.line(`Registers to give with the archive of recordings are in ${registers}`)
    }
    // A server's workers are started by whoever runs it: as many as they like, wherever they like.
    const worker =
      settings.databaseUrl === undefined
        ? ownWorker(
            {
              DATABASE_URL: open.databaseAddress,
              PEEL_DATA: settings.data,
              ...(kioskFolder !== undefined && { PEEL_KIOSK: kioskFolder }),
              ...(collectedFolder !== undefined && { PEEL_COLLECTED: collectedFolder }),
            },
            (code) => terminal.error(`the worker ended (${code ?? 'by a signal'})`, 'it is started again'),
          )
        : undefined
    await ended
    await worker?.stop()
    await open.close()
    return EXIT.done
  },
}

/** The time, but while a story is told. */
class Clock implements StoryClock {
  #at: Date | undefined

  now(): Date {
    return this.#at ?? new Date()
  }

  set(at: Date): void {
    this.#at = at
  }

  run(): void {
    this.#at = undefined
  }
}
