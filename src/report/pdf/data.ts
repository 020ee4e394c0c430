import type { Fonts } from '../../pdf/index.ts'
import type { Block, Entry, Line, PictureRef, ReportDocument, Span, Table } from '../document.ts'
import { spansOf } from '../document.ts'
import { visible, visibleText } from '../visible.ts'
import { number } from '../words.ts'

/** A turn longer than this may be broken over two pages. */
const LONG_TURN = 900
// Characters that stand in a full line of text, and in a line over all columns of a table. A longer run without a space is given
// places to break. Digests fit a full line.
const LINE = 64
const ROW = 95
const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Component}]/u
const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u

/** The data of the template, and how many characters no font has. */
export interface PdfData {
  readonly json: string
  readonly lost: number
}

/** Writes a report as the data that the template reads. Whatever a font lacks is counted and stands as a note in its place. */
export function pdfData(report: ReportDocument, fonts: Fonts, files: ReadonlyMap<string, string>): PdfData {
  const writer = new Writer(fonts, files)
  const blocks = report.blocks.map((block) => writer.block(block))
  const notice = writer.lost > 0 ? [writer.block(lostNotice(writer.lost))] : []
  return {
    json: JSON.stringify({
      title: writer.plain(report.title),
      running: writer.plain(report.running),
      fonts: fonts.families,
      mono: fonts.mono,
      blocks: [...notice, ...blocks],
    }),
    lost: writer.lost,
  }
}

function lostNotice(lost: number): Block {
  return {
    type: 'notice',
    tone: 'warning',
    title: 'Some text is in a script that this PDF cannot show',
    lines: [
      `In ${number(lost)} ${lost === 1 ? 'place' : 'places'} this PDF says “in another script: see the HTML report” or “emoji” instead of them. The same report as HTML (a name that ends in .html) shows them.`,
    ],
  }
}

class Writer {
  /** runs of characters that no font has */
  lost = 0
  readonly #fonts: Fonts
  readonly #files: ReadonlyMap<string, string>
  readonly #seen = new Set<string>()
  #longest = LINE

  constructor(fonts: Fonts, files: ReadonlyMap<string, string>) {
    this.#fonts = fonts
    this.#files = files
  }

  block(block: Block): unknown {
    switch (block.type) {
      case 'heading':
        return { ...block, text: this.line(block.text), id: this.id(block.id) }
      case 'paragraph':
        return { type: 'paragraph', text: this.line(block.text), small: block.small === true }
      case 'notice':
        return { ...block, title: this.plain(block.title), lines: block.lines.map((text) => this.line(text)) }
      case 'facts':
        return { ...block, facts: block.facts.map(([name, value]) => [this.plain(name), this.line(value)]) }
      case 'list':
        return { type: 'list', items: block.items.map((item) => this.line(item)) }
      case 'contents':
      case 'commands':
        return block
      case 'table':
        return {
          type: 'table',
          caption: this.line(block.caption),
          columns: block.columns.map(({ title, align, share }) => ({
            title: this.plain(title),
            right: align === 'right',
            share: share ?? 1,
          })),
          rows: block.rows.map((row) => row.map((cell, column) => this.cell(cell, charactersIn(block, column)))),
          total: block.total?.map((cell) => this.line(cell)) ?? null,
          ids: (block.ids ?? []).map((id) => this.id(id)),
        }
      case 'chart':
        return { ...block, bars: block.bars.map((bar) => ({ ...bar, text: number(bar.value) })) }
      case 'transcript':
        return { type: 'transcript', entries: block.entries.map((entry) => this.entry(entry)) }
      case 'pictures':
        return { type: 'pictures', pictures: this.pictures(block.pictures) }
    }
  }

  entry(entry: Entry): unknown {
    if (entry.type === 'day') return entry
    const body = entry.body.map((text) => this.line(text))
    return {
      ...entry,
      id: this.id(entry.id) ?? `${entry.id}-again`,
      head: this.line(entry.head),
      body,
      small: this.line(entry.small),
      pictures: this.pictures(entry.pictures),
      long: JSON.stringify(body).length > LONG_TURN,
    }
  }

  /** The first to bear a name keeps it: two of one name would stop the compiler. */
  id(id: string | undefined): string | null {
    if (id === undefined || this.#seen.has(id)) return null
    this.#seen.add(id)
    return id
  }

  pictures(pictures: readonly PictureRef[]): unknown[] {
    return pictures.map(({ sha256, name, caption }) => ({
      file: this.#files.get(sha256) ?? null,
      alt: this.plain(`Picture from the phone: ${name}`),
      caption: this.line(caption),
    }))
  }

  /** A line in a column that holds so many characters. */
  cell(line: Line, longest: number): unknown[] {
    this.#longest = longest
    const spans = this.line(line)
    this.#longest = LINE
    return spans
  }

  line(line: Line): unknown[] {
    return spansOf(line).map((span) => this.span(span))
  }

  span(span: Span): unknown {
    if (typeof span === 'string') return this.#covered(span) ? span : { parts: this.parts(span) }
    if ('phone' in span) return { parts: this.parts(span.phone) }
    if ('code' in span) return { code: this.#soft(this.plain(span.code)) }
    if ('strong' in span) return { strong: this.plain(span.strong) }
    return span
  }

  parts(text: string): unknown[] {
    const rtl = RIGHT_TO_LEFT.test(text)
    return visible(text).flatMap((part) => ('mark' in part ? [part] : this.#runs(part.text, rtl)))
  }

  /** Text where only text can stand: what cannot be shown as its number. */
  plain(text: string): string {
    return [...visibleText(text)].map((char) => (this.#has(char) ? char : `[${code(char)}]`)).join('')
  }

  #runs(text: string, rtl: boolean): unknown[] {
    if (this.#covered(text)) return [{ text: this.#soft(text), rtl, lang: rtl ? 'ar' : 'en' }]
    const runs: unknown[] = []
    let run = ''
    let lost = 0
    let picture = true
    const flush = () => {
      if (run !== '') runs.push({ text: this.#soft(run), rtl, lang: rtl ? 'ar' : 'en' })
      if (lost > 0) {
        runs.push({
          lost: `${number(lost)} ${lost === 1 ? 'character' : 'characters'} in another script: see the HTML report`,
        })
        this.lost++
      }
      run = ''
      lost = 0
      picture = true
    }
    for (const char of text) {
      if (this.#has(char)) {
        // Spaces between two words of a script that is lost do not make it two places.
        if (lost > 0 && char !== ' ') flush()
        if (lost === 0) run += char
        else lost++
      } else {
        if (run !== '') flush()
        lost++
        picture &&= EMOJI.test(char)
      }
    }
    flush()
    return runs
  }

  /** Only between plain letters, digits and marks: elsewhere a break could take a letter apart. */
  #soft(text: string): string {
    return text.replace(/[!-~]+/g, (run) =>
      run.length <= this.#longest ? run : run.replace(new RegExp(`.{${this.#longest}}(?=.)`, 'g'), '$&\u200b'),
    )
  }

  #covered(text: string): boolean {
    for (const char of text) if (!this.#has(char)) return false
    return true
  }

  #has(char: string): boolean {
    return this.#fonts.covers(char.codePointAt(0) ?? 0)
  }
}

function charactersIn({ columns }: Table, column: number): number {
  const all = columns.reduce((sum, { share }) => sum + (share ?? 1), 0)
  return Math.min(LINE, Math.max(6, Math.floor(((columns[column]?.share ?? 1) / all) * ROW) - 2))
}

function code(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
