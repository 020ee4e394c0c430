import { makeSample, SAMPLE_KINDS, type SampleKind } from '../../sample/index.ts'
import { type Command, text } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'

/** Makes a synthetic phone and the truth about it. */
export const sample: Command = {
  name: 'sample',
  usage: '<kind> <dir> [--messages N] [--seed S] [--json]',
  summary: `makes a synthetic phone of kind ${SAMPLE_KINDS.join(', ')}`,
  words: ['<kind>', '<dir>'],
  options: {
    messages: { type: 'string', help: 'how many messages, 100 to 5,000,000; default 400' },
    seed: { type: 'string', help: 'the same seed makes the same phone; default 1' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const [kind = '', dir = ''] = input.words
    if (!(SAMPLE_KINDS as readonly string[]).includes(kind))
      throw new Stop(EXIT.usage, 'there is no such kind of phone', `one of: ${SAMPLE_KINDS.join(', ')}`)
    const messages = Number(text(input, 'messages') ?? '400')
    if (!Number.isInteger(messages) || messages < 100 || messages > 5_000_000)
      throw new Stop(EXIT.usage, '--messages is not a number from 100 to 5,000,000', 'give a whole number')
    const seed = text(input, 'seed') ?? '1'
    const made = await makeSample(kind as SampleKind, dir, { messages, seed })
    if (input.options['json']) terminal.json(made)
    else
      terminal.line(
        `${made.phone}: ${messages.toLocaleString('en-GB')} messages; the truth about it is in ${made.truth}`,
      )
    return EXIT.done
  },
}
