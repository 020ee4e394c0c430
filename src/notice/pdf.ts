import { readFileSync } from 'node:fs'
import { type Fonts, fonts as installedFonts, press } from '../pdf/index.ts'
import type { Paper } from './paper.ts'
import { Speaker } from './say.ts'

const TEMPLATE = new URL('paper.typ', import.meta.url)

export interface PaperPdf {
  readonly bytes: Buffer
  /** characters that no font has: each stands as its number, so that nothing is lost unseen */
  readonly lost: number
}

/**
 * Writes a paper as PDF (PDF/UA-1, tagged), dated `made`: the same paper and date give the same bytes. `large`: letters of 18
 * points. Throws PdfError PDF_UNAVAILABLE, PDF_FAILED.
 */
export function paperPdf(
  paper: Paper,
  made: Date,
  { large = false, fonts = installedFonts() }: { readonly large?: boolean; readonly fonts?: Fonts } = {},
): PaperPdf {
  let lost = 0
  const plain = (text: string) =>
    [...text]
      .map((char) => {
        const point = char.codePointAt(0) ?? 0
        if (fonts.covers(point)) return char
        lost++
        return `[U+${point.toString(16).toUpperCase().padStart(4, '0')}]`
      })
      .join('')
  const speaker = new Speaker(paper.language)
  const data = {
    title: paper.title,
    title_lang: paper.title_lang ?? paper.language,
    lang: paper.language,
    from: paper.from,
    reference: paper.facts[0]?.[1] ?? '',
    fonts: fonts.families,
    size: large ? 18 : 12,
    facts: paper.facts,
    facts_lang: paper.facts_lang ?? paper.language,
    mark: speaker.word('not_translated'),
    parts: paper.parts.map(({ key, law, heading, heading_lang, paragraphs, blanks, blanks_lang }) => ({
      heading,
      lang: heading_lang ?? paper.language,
      law: law === undefined ? null : speaker.word('law_note', { law }),
      untranslated: paragraphs.some(({ lang }) => lang !== undefined),
      paragraphs: paragraphs.map(({ text, items, lang }) => ({
        text,
        items: items ?? [],
        lang: lang ?? paper.language,
      })),
      blanks_lang: blanks_lang ?? paper.language,
      blanks: (blanks ?? []).map((label) =>
        typeof label === 'string' ? { line: label, boxes: [] } : { line: '', boxes: label },
      ),
      code: key === 'code' && paper.code ? { text: paper.code.text, alt: paper.code.alt } : null,
    })),
  }
  const json = JSON.stringify(data, (_, value) => (typeof value === 'string' ? plain(value) : value))
  const paperOf = press(fonts)
  paperOf.put('paper.typ', readFileSync(TEMPLATE))
  paperOf.put('paper.json', Buffer.from(json))
  if (paper.code) paperOf.put('code.svg', Buffer.from(paper.code.svg))
  return { bytes: paperOf.press('paper.typ', made.getTime()), lost }
}
