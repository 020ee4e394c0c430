import { restoreBackup } from '../../backup/index.ts'
import { type Command, text } from '../command.ts'
import { EXIT } from '../exit.ts'
import { containerAt, readIdentityFile } from '../read-input.ts'
import { readSettings } from '../settings.ts'

/** Puts a backup back, into nothing. */
export const restore: Command = {
  name: 'restore',
  usage: '<backup> --identity <file> [--json]',
  summary: 'puts a backup into an empty PEEL_DATA and an empty database',
  words: ['<backup>'],
  options: {
    identity: { type: 'string', required: true, help: 'age identity file of whoever the backup was sealed to' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const { data, databaseUrl } = readSettings(process.env)
    const { id, at, log, extracts } = await restoreBackup({
      from: containerAt(input.words[0] ?? ''),
      identities: readIdentityFile(text(input, 'identity') ?? ''),
      data,
      ...(databaseUrl !== undefined && { databaseUrl }),
    })
    if (input.options['json']) terminal.json({ backup: id, at, entries: log.entries, extracts: extracts.length, data })
    else {
      terminal.line(
        `${data} is as it was at ${at}: ${log.entries.toLocaleString('en-GB')} entries, ${extracts.length.toLocaleString('en-GB')} extracts`,
      )
      terminal.line('Put the epoch keys in place, then start the service: it says whether it may go on from here.')
    }
    return EXIT.done
  },
}
