import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Picture, ReportDocument } from '../document.ts'
import { ReportError } from '../report-error.ts'
import { pdfData } from './data.ts'
import { type Fonts, fonts as installedFonts } from './fonts.ts'
import { type TypstCompiler, typst } from './typst.ts'

const TEMPLATE = new URL('report.typ', import.meta.url)
/** Where the compiler believes that its files lie. Nothing is there, and nothing is written there. */
const NOWHERE = '/peel-report'
// Tagged, with a title, languages and words for pictures (ISO 14289-1). One standard can be asked for, not two.
const STANDARD = { pdfStandard: 'ua-1', pdfTags: true }
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
  const compiler = typst().NodeCompiler.create({
    workspace: NOWHERE,
    ...(fonts.blobs.length > 0 ? { fontArgs: [{ fontBlobs: fonts.blobs }] } : {}),
  })
  const template = readFileSync(TEMPLATE)
  const files = new Map<string, string>()
  for (const [sha256, { media_type, bytes }] of report.pictures) {
    const extension = EXTENSIONS[media_type]
    if (extension === undefined) continue
    files.set(sha256, `${sha256}.${extension}`)
    compiler.mapShadow(join(NOWHERE, 'picture', `${sha256}.${extension}`), bytes)
  }
  compiler.mapShadow(join(NOWHERE, 'report.typ'), template)
  const compile = () => {
    const { json, lost } = pdfData(report, fonts, files)
    compiler.mapShadow(join(NOWHERE, 'report.json'), Buffer.from(json))
    const bytes = compiler.pdf(
      { mainFilePath: join(NOWHERE, 'report.typ') },
      {
        ...STANDARD,
        // The clock is never asked: the report is dated by the extraction.
        creationTimestamp: Math.floor(report.made_ms / 1000),
      },
    )
    return { bytes, lost, pictures_left_out: report.pictures.size - files.size }
  }
  try {
    return compile()
  } catch {
    // A picture can be damaged beyond its header. Which, only the compiler can tell.
    for (const [sha256, name] of files) if (!canBeShown(compiler, name)) files.delete(sha256)
  }
  try {
    return compile()
  } catch {
    throw new ReportError(
      'PDF_FAILED',
      'the PDF could not be made',
      'give --out a name that ends in .html, and report this as a fault of ours',
    )
  }
}

function canBeShown(compiler: TypstCompiler, name: string): boolean {
  const main = join(NOWHERE, 'one.typ')
  compiler.mapShadow(
    main,
    Buffer.from(`#set document(title: "one")\n#set text(lang: "en")\n#image("/picture/${name}", alt: "one")`),
  )
  try {
    compiler.pdf({ mainFilePath: main }, STANDARD)
    return true
  } catch {
    return false
  }
}
