import { readFileSync } from 'node:fs'
import { fonts as installedFonts, press } from '../../../pdf/index.ts'
import { writtenMoment } from '../../../records/index.ts'
import { type ArchiveStatistics, CLASSES, HOW_COUNTED, REASONS } from '../../../recordings/index.ts'
import { CLASS_WORDS } from './class-words.ts'

const TEMPLATE = new URL('figures.typ', import.meta.url)
const MINUTE = 60_000

/** What `HOW_COUNTED` calls its figures, in words. */
const FIGURES: Readonly<Record<string, string>> = {
  files: 'Files',
  distinctFiles: 'Without their copies',
  devicesWithAudio: 'Phones on which sound lay',
  hours: 'Hours of sound',
  lengthUnknown: 'Files of unknown length',
  parties: 'People on the other side',
  months: 'Months',
  held: 'Kept for cases and operations',
}

/**
 * Writes the figures of an archive as PDF (PDF/UA-1): the same figures give the same bytes. `matchedAt`: RFC 3339, when they
 * came about. Nobody’s number, name or phone is in it. Throws PdfError.
 */
export function figuresPdf(figures: ArchiveStatistics, matchedAt: string): Buffer {
  const fonts = installedFonts()
  const at = Date.parse(matchedAt)
  const data = {
    title: 'An archive of call recordings: the figures',
    made: `As matched on ${writtenMoment(Math.floor(at / MINUTE) * MINUTE)}`,
    fonts: fonts.families,
    about: [
      'Nothing has been decided by these figures: they say what was found, and what is proposed for it by named rules.',
      'No recording was played for them. They hold nobody’s number or name.',
    ],
    parts: [totals(figures), classes(figures), reasons(figures)],
    months: months(figures),
    how: {
      title: 'How each figure was made',
      rows: Object.entries(HOW_COUNTED).map(([name, says]) => ({ what: FIGURES[name] ?? name, says })),
    },
  }
  const paper = press(fonts)
  paper.put('figures.typ', readFileSync(TEMPLATE))
  paper.put('figures.json', Buffer.from(JSON.stringify(data)))
  return paper.press('figures.typ', at)
}

const n = (value: number) => value.toLocaleString('en-GB')

function totals({ total, distinctFiles, devicesWithAudio, held, likelyCopies }: ArchiveStatistics) {
  return {
    title: 'What is there',
    head: ['What', 'How many'],
    rows: [
      ['Files', n(total.files)],
      ['Without their copies', n(distinctFiles)],
      ['Hours of sound', n(total.hours)],
      ['Phones on which sound lay', n(devicesWithAudio)],
      ['People on the other side, each counted once', n(total.parties)],
      ['Damaged files', n(total.damaged)],
      ['Files of unknown length', n(total.lengthUnknown)],
      ['Groups of what are likely copies of one call', n(likelyCopies)],
      ['Files kept for cases and operations', n(held.files)],
      ['Cases for which', n(held.cases)],
      ['Operations for which', n(held.operations)],
    ],
  }
}

function classes({ total }: ArchiveStatistics) {
  const rows = CLASSES.map((one) => [`${one}: ${CLASS_WORDS[one]}`, n(total.classes[one])])
  return { title: 'What is proposed', head: ['Class', 'Files'], rows }
}

function reasons({ reasons: counts }: ArchiveStatistics) {
  const rows = Object.entries(counts).map(([code, count]) => {
    const [, rule, says] = REASONS[code as keyof typeof REASONS]
    return [rule === undefined ? says : `${rule}: ${says}`, n(count)]
  })
  return { title: 'Why', head: ['Reason; a file may have several', 'Files'], rows }
}

/** By month alone: by phone, too, a row could be one person’s. */
function months({ months: all }: ArchiveStatistics) {
  const sums = new Map<string, { files: number; hours: number; proposed: number }>()
  for (const { month = 'not known', files, hours, classes: found } of all) {
    const sum = sums.get(month) ?? { files: 0, hours: 0, proposed: 0 }
    sums.set(month, { files: sum.files + files, hours: sum.hours + hours, proposed: sum.proposed + found.E })
  }
  return {
    title: 'By month',
    head: ['Month', 'Files, drawn', 'Files', 'Hours', 'Proposed for destruction'],
    rows: [...sums]
      .map(([month, { files, hours, proposed }]) => ({
        month,
        files,
        shown: { files: n(files), hours: hours.toFixed(2), proposed: n(proposed) },
      }))
      .toSorted((a, b) => (a.month < b.month ? -1 : 1)),
  }
}
