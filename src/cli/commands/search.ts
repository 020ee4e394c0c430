import { fold, type PeelRecord } from '../../records/index.ts'
import { ContainerReader } from '../../vault/index.ts'
import { type Command, text } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { printRecord } from '../print-record.ts'
import { containerAt, readIdentityFile } from '../read-input.ts'

/** Finds records by words, inside one container. */
export const search: Command = {
  name: 'search',
  usage: '<dir.peel> <words> --identity <file> [--json]',
  summary: 'full text, with context',
  words: ['<dir.peel>', '<words>…'],
  options: {
    identity: { type: 'string', required: true, help: 'age identity of a recipient' },
    json: { type: 'boolean', help: 'one JSON record a line' },
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
    const reader = await ContainerReader.open(containerAt(dir), readIdentityFile(text(input, 'identity') ?? ''))
    try {
      let found = 0
      for (const { json } of reader.search(phrases)) {
        found++
        if (input.options['json']) terminal.line(json)
        else printRecord(JSON.parse(json) as PeelRecord, terminal)
      }
      if (!input.options['json'])
        terminal.note(`${found.toLocaleString('en-GB')} ${found === 1 ? 'record' : 'records'} found`)
      return EXIT.done
    } finally {
      reader.close()
    }
  },
}
