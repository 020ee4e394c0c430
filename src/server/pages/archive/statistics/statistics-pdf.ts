import { readFileSync } from 'node:fs'
import type { ArchiveAccount } from '../../../../actions/index.ts'
import { fonts as installedFonts, press } from '../../../../pdf/index.ts'
import { writtenMoment } from '../../../../records/index.ts'
import { isShort, NOT_TOLD, partsOf } from './parts.ts'

const TEMPLATE = new URL('statistics.typ', import.meta.url)
const MINUTE = 60_000

/** Writes the account as PDF (PDF/UA-1): the same figures at the same minute give the same bytes. Throws PdfError. */
export function statisticsPdf(account: ArchiveAccount, force: string, now: Date): Buffer {
  const fonts = installedFonts()
  const made = Math.floor(now.getTime() / MINUTE) * MINUTE
  const data = {
    title: `Call recordings: ${account.title}`,
    from: force,
    fonts: fonts.families,
    about: [
      `As it stood on ${writtenMoment(made)}.${account.matchedAt === undefined ? ' The archive has not been matched yet.' : ` Matched on ${writtenMoment(Math.floor(account.matchedAt.getTime() / MINUTE) * MINUTE)}.`}`,
      'Nothing here is a telephone number or a name, and no recording was played for it. “Not shown” means that a count in a breakdown is from 1 to 4, or that showing it would give such a count away: so few could point to a person.',
    ],
    parts: partsOf(account).map(({ title, nothing = '', columns = ['Figure', 'How many'], lines = [], bars }) => ({
      title,
      columns,
      nothing,
      lines: lines.map((line) => ({
        what: line.what,
        how: line.how ?? '',
        value: told(line.value),
        isFigure: isShort(line),
      })),
      head: bars?.head ?? [],
      bars: (bars?.bars ?? []).map(({ label, values }) => ({
        label,
        drawn: values[0] ?? 0,
        values: values.map((value) => told(value ?? NOT_TOLD)),
      })),
    })),
  }
  // A character that no font has stands as its number.
  const plain = (text: string) =>
    [...text]
      .map((char) => {
        const point = char.codePointAt(0) ?? 0
        return fonts.covers(point) ? char : `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`
      })
      .join('')
  const paper = press(fonts)
  paper.put('statistics.typ', readFileSync(TEMPLATE))
  paper.put(
    'statistics.json',
    Buffer.from(JSON.stringify(data, (_, value) => (typeof value === 'string' ? plain(value) : value))),
  )
  return paper.press('statistics.typ', made)
}

function told(value: number | string): string {
  return typeof value === 'number' ? value.toLocaleString('en-GB') : value
}
