import { fold, type PeelRecord } from '../../records/index.ts'
import { ContainerReader, type StoredRecord } from '../../vault/index.ts'
import { besideEach } from '../beside.ts'
import { type Command, text } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { printRecord } from '../print-record.ts'
import type { Terminal } from '../terminal.ts'
import { containerAt, readIdentityFile } from '../read-input.ts'

/** Finds records by words, inside one container. */
export const search: Command = {
  name: 'search',
  usage: '<dir.peel> <words> --identity <file> [--context N] [--json]',
  summary: 'full text, with context',
  words: ['<dir.peel>', '<words>…'],
  options: {
    identity: { type: 'string', required: true, help: 'age identity of a recipient' },
    context: { type: 'string', help: 'messages shown either side, of those taken of the same conversation; default 1' },
    json: { type: 'boolean', help: 'one JSON record a line, of those found' },
  },
  async run(input, terminal) {
    const [dir = '', ...words] = input.words
    // Each word given is one phrase: "lift home" in quotes stays together.
    const phrases = words
      .flatMap((word) => (words.length === 1 && !/["“”]/.test(word) ? word.split(/\s+/) : [word]))
      .map(fold)
      .filter((phrase) => phrase !== '')
    if (phrases.length === 0)
      throw new Stop(EXIT.usage, 'there are no words to look for', 'give at least one word with a letter or a digit')
    const reach = Number(text(input, 'context') ?? '1')
    if (!Number.isInteger(reach) || reach < 0 || reach > 100)
      throw new Stop(EXIT.usage, '--context is not a number from 0 to 100', 'give a whole number')
    const reader = await ContainerReader.open(containerAt(dir), readIdentityFile(text(input, 'identity') ?? ''))
    try {
      const found = [...reader.search(phrases)]
      if (input.options['json']) for (const { json } of found) terminal.line(json)
      else printFound(reader, found, reach, terminal)
      return EXIT.done
    } finally {
      reader.close()
    }
  },
}

/** Prints each record that was found, with what stands beside it set back. */
function printFound(reader: ContainerReader, found: readonly StoredRecord[], reach: number, terminal: Terminal): void {
  const beside = besideEach(reader, found, reach)
  const setBack: Terminal = { ...terminal, line: (line = '') => terminal.line(terminal.faint(`  | ${line}`.trimEnd())) }
  found.forEach(({ seq, json }, at) => {
    const { before, after } = beside.get(seq) ?? { before: [], after: [] }
    if (at > 0 && reach > 0) terminal.line()
    for (const record of before) printRecord(record, setBack)
    printRecord(JSON.parse(json) as PeelRecord, terminal)
    for (const record of after) printRecord(record, setBack)
  })
  terminal.note(`${found.length.toLocaleString('en-GB')} ${found.length === 1 ? 'record' : 'records'} found`)
}
