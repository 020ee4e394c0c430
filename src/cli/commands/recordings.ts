import { type Command, text } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { inventory } from './recordings/inventory.ts'
import { match } from './recordings/match.ts'
import { report } from './recordings/report.ts'

/** An archive of call recordings: what is there, what it belongs to, what may become of it. Nothing is played. */
export const recordings: Command = {
  name: 'recordings',
  usage:
    'inventory|match|report <archive or inventory> --identity <file> [--out <inventory>] [--templates <file>] [--registers <folder>] [--csv] [--json]',
  summary: 'an archive of call recordings: its inventory, what ties it to anything, and the figures; plays nothing',
  words: ['inventory|match|report', '<archive or inventory>'],
  options: {
    identity: {
      type: 'string',
      required: true,
      help: 'age identity that the inventory is sealed to, and opened with',
    },
    out: { type: 'string', help: 'inventory: its folder, which is sealed; made where it is not there' },
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
    const only = (option: string, of: string) => {
      if (input.options[option] !== undefined && verb !== of)
        throw new Stop(EXIT.usage, `--${option} is for peel recordings ${of}`, 'leave it out')
      if (input.options[option] === undefined && verb === of && option !== 'csv' && option !== 'templates')
        throw new Stop(EXIT.usage, `--${option} is missing`, `peel recordings ${of} --help`)
    }
    if (verb !== 'inventory' && verb !== 'match' && verb !== 'report')
      throw new Stop(EXIT.usage, `there is no peel recordings ${verb}`, 'inventory, match or report')
    only('out', 'inventory')
    only('templates', 'inventory')
    only('registers', 'match')
    only('csv', 'report')
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
