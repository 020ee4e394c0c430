import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { SERVICE_ACTOR } from '../../actions/index.ts'
import { makeBackup } from '../../backup/index.ts'
import { openJournal } from '../../journal/index.ts'
import { FileEpochKeys, openKeyring } from '../../keyring/index.ts'
import { addressOfRunning, openStore } from '../../store/index.ts'
import { type Command, text, texts } from '../command.ts'
import { EXIT } from '../exit.ts'
import { readRecipients } from '../read-input.ts'
import { readSettings } from '../settings.ts'
import { toolIdentity } from '../tool.ts'

/** Copies a service while it runs. */
export const backup: Command = {
  name: 'backup',
  usage: '--out <dir> --recipient <age1…>… [--json]',
  summary: 'copies a running service, of one moment; never epoch keys, never what was uploaded',
  words: [],
  options: {
    out: { type: 'string', required: true, help: 'the backup; must not exist' },
    recipient: {
      type: 'string',
      required: true,
      multiple: true,
      help: 'age public key of whoever may restore the database; may be repeated',
    },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const { data, databaseUrl } = readSettings(process.env)
    const recipients = readRecipients(texts(input, 'recipient'))
    const out = (text(input, 'out') ?? '').replace(/\/+$/, '')
    const folder = join(data, 'postgres')
    const address = addressOfRunning({ ...(databaseUrl !== undefined && { url: databaseUrl }), folder })
    const now = () => new Date()
    const keyring = await openKeyring({
      folder: join(data, 'keyring'),
      epochKeys: new FileEpochKeys(join(data, 'epoch-keys')),
      now,
    })
    const store = await openStore({ url: address, folder })
    try {
      const key = await keyring.signingKey('installation')
      const journal = openJournal({ store, key, now, random: () => randomBytes(32) })
      const made = await makeBackup({
        data,
        address,
        out,
        recipients,
        id: randomUUID(),
        version: (await toolIdentity()).version,
        now,
        record: ({ id, digest, generation, entries }) =>
          journal.record({
            kind: 'backup.made',
            actor: SERVICE_ACTOR,
            details: { backup: id, digest, epoch: generation, entries },
          }),
      })
      if (input.options['json']) terminal.json({ backup: out, ...made })
      else {
        terminal.line(`${terminal.bold(out)}  backup ${made.id}`)
        terminal.line(`log       ${made.entries.toLocaleString('en-GB')} entries`)
        terminal.line(`extracts  ${made.extracts.toLocaleString('en-GB')}`)
        terminal.line(
          `keyring   generation ${made.generation}: after the next destruction it opens nothing; make another backup then`,
        )
        terminal.line(`digest    ${made.digest}`)
      }
      return EXIT.done
    } finally {
      await store.close()
      keyring.close()
    }
  },
}
