import { type Command, text } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { inventory } from './recordings/inventory.ts'
import { match } from './recordings/match.ts'
import { report } from './recordings/report.ts'

type Verb = 'inventory' | 'match' | 'report'

/** Which options belong to which verbs; those that are not here belong to all. */
const BELONGS: Readonly<Record<string, readonly Verb[]>> = {
  out: ['inventory', 'report'],
  templates: ['inventory'],
  registers: ['match'],
  csv: ['report'],
}
const MUST: Readonly<Partial<Record<Verb, string>>> = { inventory: 'out', match: 'registers' }

/** An archive of call recordings: what is there, what it belongs to, what may become of it. Nothing is played. */
export const recordings: Command = {
  name: 'recordings',
  usage:
    'inventory|match|report <archive or inventory> --identity <file> [--out <inventory or file.pdf>] [--templates <file>] [--registers <folder>] [--csv] [--json]',
  summary: 'an archive of call recordings: its inventory, what ties it to anything, and the figures; plays nothing',
  words: ['inventory|match|report', '<archive or inventory>'],
  options: {
    identity: {
      type: 'string',
      required: true,
      help: 'age identity that the inventory is sealed to, and opened with',
    },
    out: {
      type: 'string',
      help: 'inventory: its folder, which is sealed; made where it is not there. report: a file.pdf, which must not exist',
    },
    templates: {
      type: 'string',
      help: 'inventory: names of files that were learnt of this archive (peel-name-templates/1)',
    },
    registers: { type: 'string', help: 'match: folder with the registers of the force as CSV' },
    csv: { type: 'boolean', help: 'report: print CSV' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  run(input, terminal) {
    const [verb, place = ''] = input.words
    if (verb !== 'inventory' && verb !== 'match' && verb !== 'report')
      throw new Stop(EXIT.usage, `there is no peel recordings ${verb}`, 'inventory, match or report')
    for (const [option, verbs] of Object.entries(BELONGS))
      if (input.options[option] !== undefined && !verbs.includes(verb))
        throw new Stop(EXIT.usage, `--${option} is for peel recordings ${verbs.join(' and ')}`, 'leave it out')
    const missing = MUST[verb]
    if (missing !== undefined && input.options[missing] === undefined)
      throw new Stop(EXIT.usage, `--${missing} is missing`, `peel recordings ${verb} --help`)
    switch (verb) {
      case 'inventory':
        return inventory(place, input, terminal)
      case 'match':
        return match(place, text(input, 'registers') ?? '', input, terminal)
      case 'report':
        return report(place, input, terminal)
    }
  },
}
