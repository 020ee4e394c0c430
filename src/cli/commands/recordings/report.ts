import { existsSync, writeFileSync } from 'node:fs'
import {
  archiveKey,
  archiveStatistics,
  CLASSES,
  HOW_COUNTED,
  matchedAt,
  matchesOf,
  statisticsCsv,
} from '../../../recordings/index.ts'
import { SealedStore } from '../../../vault/index.ts'
import { type Input, text } from '../../command.ts'
import { EXIT, Stop } from '../../exit.ts'
import { readIdentityFile } from '../../read-input.ts'
import type { Terminal } from '../../terminal.ts'
import { CLASS_WORDS } from './class-words.ts'
import { figuresPdf } from './figures-pdf.ts'

/** The figures of an archive that was matched, for the regulator: nobody’s number or name is among them. */
export async function report(place: string, input: Input, terminal: Terminal): Promise<number> {
  if (input.options['csv'] && input.options['json'])
    throw new Stop(EXIT.usage, '--csv and --json cannot both be had', 'give one of them')
  const out = text(input, 'out')
  if (out !== undefined && !out.endsWith('.pdf'))
    throw new Stop(EXIT.usage, '--out names no PDF', 'give a name that ends in .pdf')
  if (out !== undefined && existsSync(out))
    throw new Stop(EXIT.usage, 'the output is already there', 'give another name, or move it away')
  const store = await SealedStore.open(place, readIdentityFile(text(input, 'identity') ?? ''))
  try {
    const matches = matchesOf(store)
    if (matches === undefined)
      throw new Stop(EXIT.usage, 'nothing was matched in this inventory yet', 'peel recordings match does it')
    const figures = archiveStatistics(matches, archiveKey(store))
    if (out !== undefined) writeFileSync(out, figuresPdf(figures, matchedAt(store) ?? ''), { flag: 'wx' })
    if (input.options['json']) terminal.json({ ...figures, how_counted: HOW_COUNTED })
    else if (input.options['csv']) terminal.line(statisticsCsv(figures).trimEnd())
    else print(figures, terminal)
    return EXIT.done
  } finally {
    store.close()
  }
}

function print(figures: ReturnType<typeof archiveStatistics>, terminal: Terminal): void {
  const { total, devicesWithAudio, distinctFiles, held, months } = figures
  const n = (value: number) => value.toLocaleString('en-GB')
  terminal.line(`${n(total.files)} recordings, ${n(distinctFiles)} without their copies, ${n(total.hours)} hours.`)
  terminal.line(
    `Sound lay on ${n(devicesWithAudio)} phones. ${n(total.parties)} people were on the other side, each counted once.`,
  )
  terminal.line()
  for (const one of CLASSES) terminal.line(`  ${one}  ${n(total.classes[one]).padStart(7)}  ${CLASS_WORDS[one]}`)
  terminal.line()
  terminal.line(`Kept for ${n(held.cases)} cases and ${n(held.operations)} operations: ${n(held.files)} files.`)
  terminal.line(`Damaged: ${n(total.damaged)}. Of unknown length: ${n(total.lengthUnknown)}.`)
  terminal.line(
    `By phone and month there are ${n(months.length)} rows: --csv prints them, --json everything, with how each figure was made.`,
  )
}
