import { openSource } from '../../../acquisition/index.ts'
import {
  createInventory,
  type InventorySummary,
  NameParser,
  readTemplates,
  summaryOf,
  takeInventory,
} from '../../../recordings/index.ts'
import { recipientOfIdentity, SealedStore } from '../../../vault/index.ts'
import { type Input, text } from '../../command.ts'
import { EXIT } from '../../exit.ts'
import { readIdentityFile, readText } from '../../read-input.ts'
import type { Terminal } from '../../terminal.ts'

/** Writes down what an archive holds. Goes on where it was interrupted. */
export async function inventory(place: string, input: Input, terminal: Terminal): Promise<number> {
  const out = text(input, 'out') ?? ''
  const identities = readIdentityFile(text(input, 'identity') ?? '')
  const templates = text(input, 'templates')
  const names = new NameParser(templates === undefined ? [] : readTemplates(readText(templates)))
  const archive = await openSource(place)
  try {
    const store = SealedStore.isIn(out)
      ? await SealedStore.open(out, identities)
      : await createInventory(out, identities.map(recipientOfIdentity))
    try {
      await takeInventory(archive, store, names, ({ files, done, bytes }) =>
        terminal.progress(
          () => `${done.toLocaleString('en-GB')} of ${files.toLocaleString('en-GB')} files, ${megabytes(bytes)} read`,
        ),
      )
      terminal.settled()
      const summary = summaryOf(store)
      if (input.options['json']) terminal.json({ inventory: out, ...summary })
      else print(summary, terminal)
      return EXIT.done
    } finally {
      store.close()
    }
  } finally {
    await archive.close()
  }
}

function print({ files, bytes, recordings: all, listed, problems, root }: InventorySummary, terminal: Terminal): void {
  const n = (value: number) => value.toLocaleString('en-GB')
  terminal.line(
    `${n(files)} files, ${megabytes(bytes)}. ${n(all.number)} of them are recordings, of ${n(all.devices)} devices.`,
  )
  terminal.line()
  terminal.line(`  ${n(Math.round(all.hours * 10) / 10)} hours of sound, ${megabytes(all.bytes)}`)
  terminal.line(`  ${n(all.named)} with a name that a recorder is known to write`)
  terminal.line(`  ${n(all.duplicates)} whose bytes are those of another`)
  terminal.line(
    `  ${n(all.states.whole)} whole, ${n(all.states.damaged)} damaged, ${n(all.states.empty)} empty, ${n(all.states.not_recognised)} not recognised`,
  )
  if (listed.number > 0)
    terminal.line(`  ${n(listed.missing)} of ${n(listed.number)} that a recorder lists are not there`)
  for (const [title, counts] of [
    ['By recorder', all.recorders],
    ['By kind of file', all.containers],
  ] as const) {
    terminal.line()
    terminal.line(`${title}:`)
    for (const [name, number] of Object.entries(counts).toSorted(([, a], [, b]) => b - a))
      terminal.line(`  ${name.replaceAll('_', ' ').padEnd(16)} ${n(number)}`)
  }
  terminal.line()
  if (problems > 0)
    terminal.line(`${n(problems)} ${problems === 1 ? 'oddity is' : 'oddities are'} noted in the inventory.`)
  terminal.line(`Root over every file: ${root}`)
}

function megabytes(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
