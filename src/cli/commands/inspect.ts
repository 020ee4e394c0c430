import { openSource } from '../../acquisition/index.ts'
import { type Artefact, ARTEFACTS } from '../../artefacts/index.ts'
import { locate, locateLoose, type Unit } from '../../extraction/index.ts'
import { type Command, text } from '../command.ts'
import { EXIT } from '../exit.ts'
import { printOddities } from '../print-oddities.ts'
import { printableLine } from '../printable.ts'
import { readPassword } from '../read-input.ts'

const SOURCE_WORDS: Record<string, string> = {
  folder: 'a folder with a copy of files',
  zip: 'a zip archive',
  tar: 'a tar archive',
  file: 'a single file',
  'ios-backup': 'an iOS backup, not encrypted',
  'ios-backup-encrypted': 'an iOS backup, encrypted',
  'android-backup': 'an Android backup',
}

/** Says what a source is and what it could give. Opens no content. */
export const inspect: Command = {
  name: 'inspect',
  usage: '<source> [--password-file F] [--json]',
  summary: 'what it is, of which device, which kinds of record from which apps it could give; opens no content',
  words: ['<source>'],
  options: {
    'password-file': { type: 'string', help: 'file whose first line is the password of an encrypted source' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const source = await openSource(input.words[0] ?? '', { password: readPassword(text(input, 'password-file')) })
    try {
      const loose = await locateLoose(source, ARTEFACTS)
      const units = [...locate(source, ARTEFACTS), ...loose]
      const problems = [...source.problems, ...loose.flatMap((one) => one.problems)]
      const gives = new Map<string, { kind: string; app: string; title: string; files: number }>()
      for (const [{ title, yields }, number] of filesOf(units))
        for (const { kind, app } of yields) {
          const known = gives.get(`${kind}\n${app}`) ?? { kind, app, title, files: 0 }
          known.files += number
          gives.set(`${kind}\n${app}`, known)
        }
      const could = [...gives.values()].sort((a, b) => (`${a.kind}\n${a.app}` < `${b.kind}\n${b.app}` ? -1 : 1))
      const files = { listed: source.files.length, missing: source.missing.length }
      if (input.options['json']) {
        terminal.json({ source: source.kind, device: source.device, files, gives: could, problems })
        return EXIT.done
      }
      terminal.line(
        `This is ${SOURCE_WORDS[source.kind] ?? source.kind}: ${count(files.listed, 'file')}${files.missing > 0 ? `, ${files.missing} listed and not there` : ''}.`,
      )
      const { name, model, os, os_version, serial, imei } = source.device
      const device = [
        name,
        model,
        os && `${os === 'ios' ? 'iOS' : 'Android'} ${os_version ?? ''}`.trim(),
        serial && `serial ${serial}`,
        ...(imei ?? []).map((one) => `IMEI ${one}`),
      ]
      if (device.some(Boolean)) terminal.line(printableLine(`Device: ${device.filter(Boolean).join(', ')}`))
      terminal.line()
      if (could.length === 0) terminal.line('It holds nothing that Peel knows how to read.')
      else {
        terminal.line('It could give, where authorised:')
        const width = Math.max(...could.map(({ app }) => app.length))
        for (const { kind, app, title, files: number } of could)
          terminal.line(`  ${kind.padEnd(12)} ${app.padEnd(width)}  ${title} (${count(number, 'file')})`)
      }
      printOddities(problems, terminal)
      return EXIT.done
    } finally {
      await source.close()
    }
  },
}

function filesOf(units: readonly Unit[]): Map<Artefact, number> {
  const files = new Map<Artefact, number>()
  for (const { artefacts } of units) for (const one of artefacts) files.set(one, (files.get(one) ?? 0) + 1)
  return files
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : 's'}`
}
