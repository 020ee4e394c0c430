import { openService } from '../../server/index.ts'
import { STORY_PEOPLE } from '../../story/index.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit.ts'
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
    const { version } = await toolIdentity()
    const { issuer, clientId, clientSecret, rolesClaim } = settings
    const open = await openService({
      data: settings.data,
      ...(settings.databaseUrl !== undefined && { databaseUrl: settings.databaseUrl }),
      url: settings.url,
      force: settings.force,
      origin: settings.origin,
      version,
      signIn: {
        ...(issuer !== undefined && { issuer }),
        clientId,
        ...(clientSecret !== undefined && { clientSecret }),
        rolesClaim,
        people: STORY_PEOPLE,
      },
      ...(settings.kioskFolder !== undefined && { kioskFolder: settings.kioskFolder }),
      now: () => new Date(),
      failed: (what, error) => terminal.error(`${what}: ${codeOf(error)}`, 'see docs/running.md'),
      log: process.env['PEEL_LOG'] === 'on',
    })
    await open.app.listen({ host: settings.host, port: settings.port })
    terminal.line(`${settings.force} is at ${settings.url}`)
    if (issuer === undefined) {
      terminal.line('Sign in as anybody of its invented people, for example:')
      for (const { name, rank, does } of STORY_PEOPLE.slice(0, 5))
        terminal.line(`  ${rank === undefined ? name : `${name}, ${rank}`}: ${does}`)
    }
    await stopped()
    await open.close()
    return EXIT.done
  },
}

/** Resolves when the process is asked to end. What is under way is finished first. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  return String(code ?? name ?? 'unknown')
}
