import { readFileSync } from 'node:fs'
import type { ProcessingRecord } from '../../../../actions/index.ts'
import { fonts as installedFonts, press } from '../../../../pdf/index.ts'
import { writtenMoment } from '../../../../records/index.ts'
import { MISSING, missingOf, recordParts } from '../record-parts.ts'

const TEMPLATE = new URL('record.typ', import.meta.url)
const MINUTE = 60_000

/** Writes the record as PDF (PDF/UA-1): the same record gives the same bytes. A character that no font has stands as its number. */
export function recordPdf(record: ProcessingRecord): Buffer {
  const fonts = installedFonts()
  const plain = (text: string) =>
    [...text]
      .map((char) => {
        const point = char.codePointAt(0) ?? 0
        return fonts.covers(point) ? char : `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`
      })
      .join('')
  const data = {
    title: 'Record of processing activities',
    from: record.force,
    about: aboutOf(record),
    missing: MISSING,
    fonts: fonts.families,
    parts: recordParts(record).map(({ title, rows }) => ({
      title,
      rows: rows.map(({ what, law, says }) => ({ what, law: law ?? '', says })),
    })),
  }
  const paper = press(fonts)
  paper.put('record.typ', readFileSync(TEMPLATE))
  paper.put(
    'record.json',
    Buffer.from(JSON.stringify(data, (_, value) => (typeof value === 'string' ? plain(value) : value))),
  )
  return paper.press('record.typ', Date.parse(record.made))
}

function aboutOf(record: ProcessingRecord): string[] {
  const missing = missingOf(record)
  const minute = (instant: string) => writtenMoment(Math.floor(Date.parse(instant) / MINUTE) * MINUTE)
  return [
    `Under section 61 of the Data Protection Act 2018, as it stood on ${minute(record.made)}.`,
    record.changed === null
      ? 'The force has said nothing of itself yet.'
      : `What the force says is version ${record.version}, of ${minute(record.changed)}.`,
    ...(missing.length > 0 ? [`Still missing: ${missing.join('; ')}.`] : []),
  ]
}
