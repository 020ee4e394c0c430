import { type Command, readInput } from './command.ts'
import { EXIT, Stop } from './exit.ts'
import { explain } from './explain.ts'
import { type Terminal, terminal } from './terminal.ts'

// Loaded one at a time: starting is half of the time of a short command.
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  sample: async () => (await import('./commands/sample.ts')).sample,
  keygen: async () => (await import('./commands/keygen.ts')).keygen,
  check: async () => (await import('./commands/check.ts')).check,
  authorise: async () => (await import('./commands/authorise.ts')).authorise,
  inspect: async () => (await import('./commands/inspect.ts')).inspect,
  extract: async () => (await import('./commands/extract.ts')).extract,
  list: async () => (await import('./commands/list.ts')).list,
  search: async () => (await import('./commands/search.ts')).search,
  report: async () => (await import('./commands/report.ts')).report,
  verify: async () => (await import('./commands/verify.ts')).verify,
  recordings: async () => (await import('./commands/recordings.ts')).recordings,
  log: async () => (await import('./commands/log.ts')).log,
  serve: async () => (await import('./commands/serve.ts')).serve,
  work: async () => (await import('./commands/work.ts')).work,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restore: async () => (await import('./commands/restore.ts')).restore,
  witness: async () => (await import('./commands/witness.ts')).witness,
  apps: async () => (await import('./commands/apps.ts')).apps,
}

/** Every command, for help and for the test that holds the documentation to it. */
export async function commands(): Promise<Command[]> {
  return Promise.all(Object.values(COMMANDS).map((load) => load()))
}

/** Runs one command line and returns the exit code. Never throws what the user could have caused. */
export async function main(args: readonly string[]): Promise<number> {
  const out = terminal()
  const [name = 'help', ...rest] = args
  try {
    if (name === 'help' || name === '--help' || name === '-h') {
      await help(out)
      return EXIT.done
    }
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (load === undefined) throw new Stop(EXIT.usage, `there is no command ${name}`, 'peel help lists them')
    const command = await load()
    if (rest.includes('--help') || rest.includes('-h')) {
      helpFor(command, out)
      return EXIT.done
    }
    return await command.run(readInput(command, rest), out)
  } catch (error) {
    return explain(error, out)
  }
}

async function help(out: Terminal): Promise<void> {
  out.line('Peel takes from a phone only what has been authorised, proves it, and lets go of the rest.\n')
  for (const { name, usage, summary } of await commands()) out.line(`  peel ${name} ${usage}\n      ${summary}`)
  out.line(
    '\nExit codes: 0 done; 1 a check failed or nothing was granted; 2 wrong usage; 3 the source could not be read;',
  )
  out.line('4 refused: signature, expiry, same person twice, wrong device.')
}

function helpFor({ name, usage, summary, options }: Command, out: Terminal): void {
  out.line(`peel ${name} ${usage}\n${summary}\n`)
  for (const [option, { help: text }] of Object.entries(options)) out.line(`  --${option.padEnd(14)} ${text}`)
}
