import { readFileSync } from 'node:fs'
import { type Fonts, fonts as installedFonts, PdfError, type Press, press } from '../../pdf/index.ts'
import type { Picture, ReportDocument } from '../document.ts'
import { ReportError } from '../report-error.ts'
import { pdfData } from './data.ts'

const TEMPLATE = new URL('report.typ', import.meta.url)
const EXTENSIONS: Readonly<Partial<Record<Picture['media_type'], string>>> = { 'image/jpeg': 'jpg', 'image/png': 'png' }

/** A report as PDF, and what it could not show. */
export interface Pdf {
  readonly bytes: Buffer
  /** places where words in a script without a font were replaced by a note */
  readonly lost: number
  /** pictures that are in the HTML report and not in this */
  readonly pictures_left_out: number
}

/** Writes a report as PDF (PDF/UA-1): the same report gives the same bytes. Throws ReportError. */
export function writePdf(report: ReportDocument, fonts: Fonts = installedFonts()): Pdf {
  try {
    return pressed(report, fonts)
  } catch (error) {
    if (!(error instanceof PdfError)) throw error
    throw error.code === 'PDF_UNAVAILABLE'
      ? new ReportError(error.code, error.message, 'give --out a name that ends in .html; a browser prints that as PDF')
      : new ReportError(
          error.code,
          error.message,
          'give --out a name that ends in .html, and report this as a fault of ours',
        )
  }
}

function pressed(report: ReportDocument, fonts: Fonts): Pdf {
  const paper = press(fonts)
  const files = new Map<string, string>()
  for (const [sha256, { media_type, bytes }] of report.pictures) {
    const extension = EXTENSIONS[media_type]
    if (extension === undefined) continue
    files.set(sha256, `${sha256}.${extension}`)
    paper.put(`picture/${sha256}.${extension}`, bytes)
  }
  paper.put('report.typ', readFileSync(TEMPLATE))
  const compile = (): Pdf => {
    const { json, lost } = pdfData(report, fonts, files)
    paper.put('report.json', Buffer.from(json))
    return {
      bytes: paper.press('report.typ', report.made_ms),
      lost,
      pictures_left_out: report.pictures.size - files.size,
    }
  }
  try {
    return compile()
  } catch (error) {
    if (!(error instanceof PdfError)) throw error
    // A picture can be damaged beyond its header. Which, only the compiler can tell.
    for (const [sha256, name] of files) if (!canBeShown(paper, name)) files.delete(sha256)
  }
  return compile()
}

function canBeShown(paper: Press, name: string): boolean {
  paper.put(
    'one.typ',
    Buffer.from(`#set document(title: "one")\n#set text(lang: "en")\n#image("/picture/${name}", alt: "one")`),
  )
  try {
    paper.press('one.typ', 0)
    return true
  } catch {
    return false
  }
}
