import { join } from 'node:path'
import type { Fonts } from './fonts.ts'
import { PdfError } from './pdf-error.ts'
import { typst } from './typst.ts'

/** Where the compiler believes that its files lie. Nothing is there, and nothing is written there. */
const NOWHERE = '/peel-pdf'
// Tagged, with a title, languages and words for pictures (ISO 14289-1). One standard can be asked for, not two.
const STANDARD = { pdfStandard: 'ua-1', pdfTags: true }

/** One document in the making: its files are given to it, and nothing else is there. */
export interface Press {
  /** Puts a file where the template finds it; `name` is its path from `/`. A second of one name takes the place of the first. */
  put(name: string, bytes: Buffer): void
  /** Compiles the file `main` into PDF/UA-1, dated `made_ms` (milliseconds since 1970). Throws PdfError PDF_FAILED. */
  press(main: string, made_ms: number): Buffer
}

/** Sets up a compiler with these fonts and no file. Throws PdfError PDF_UNAVAILABLE. */
export function press(fonts: Fonts): Press {
  const compiler = typst().NodeCompiler.create({
    workspace: NOWHERE,
    ...(fonts.blobs.length > 0 ? { fontArgs: [{ fontBlobs: fonts.blobs }] } : {}),
  })
  return {
    put: (name, bytes) => compiler.mapShadow(join(NOWHERE, name), bytes),
    press: (main, made_ms) => {
      try {
        return compiler.pdf(
          { mainFilePath: join(NOWHERE, main) },
          // The clock is never asked: a document is dated by what it is about.
          { ...STANDARD, creationTimestamp: Math.floor(made_ms / 1000) },
        )
      } catch {
        // What the compiler says repeats the document, so it is not passed on.
        throw new PdfError(
          'PDF_FAILED',
          'the PDF could not be made',
          'take it as HTML, and report this as a fault of ours',
        )
      }
    },
  }
}
