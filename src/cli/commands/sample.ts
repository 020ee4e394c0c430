import { existsSync, readdirSync } from 'node:fs'
import { makeSample, makeSampleArchive, SAMPLE_KINDS, type SampleKind } from '../../sample/index.ts'
import { type Command, type Input, text } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import type { Terminal } from '../terminal.ts'

const ARCHIVE = 'recordings'

/** Makes a synthetic phone, or an archive of call recordings, and the truth about it. */
export const sample: Command = {
  name: 'sample',
  usage: '<kind> <dir> [--messages N] [--recordings N] [--seed S] [--json]',
  summary: `makes a synthetic phone of kind ${SAMPLE_KINDS.join(', ')}, or an archive of call recordings of kind ${ARCHIVE}`,
  words: ['<kind>', '<dir>'],
  options: {
    messages: { type: 'string', help: 'how many messages, 100 to 5,000,000; default 400' },
    recordings: { type: 'string', help: 'how many recordings in an archive, 100 to 200,000; default 1,000' },
    seed: { type: 'string', help: 'the same seed makes the same phone; default 1' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const [kind = '', dir = ''] = input.words
    if (kind === ARCHIVE) return archive(dir, input, terminal)
    if (!(SAMPLE_KINDS as readonly string[]).includes(kind))
      throw new Stop(EXIT.usage, 'there is no such kind of phone', `one of: ${SAMPLE_KINDS.join(', ')}, ${ARCHIVE}`)
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

function archive(dir: string, input: Input, terminal: Terminal): number {
  const recordings = Number(text(input, 'recordings') ?? '1000')
  if (!Number.isInteger(recordings) || recordings < 100 || recordings > 200_000)
    throw new Stop(EXIT.usage, '--recordings is not a number from 100 to 200,000', 'give a whole number')
  if (existsSync(dir) && readdirSync(dir).length > 0)
    throw new Stop(EXIT.usage, 'the folder is not empty', 'give another one')
  const made = makeSampleArchive(dir, { recordings, seed: text(input, 'seed') ?? '1' })
  if (input.options['json']) terminal.json(made)
  else
    terminal.line(
      `${made.archive}: ${recordings.toLocaleString('en-GB')} recordings; the registers of the force are in ${made.registers}, the truth in ${made.truth}`,
    )
  return EXIT.done
}
