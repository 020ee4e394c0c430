import { createRequire } from 'node:module'
import { PdfError } from './pdf-error.ts'

const PACKAGE = '@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu'

/** What we use of the compiler: its binding, as the package exposes it. */
export interface TypstBinding {
  readonly NodeCompiler: {
    create(options: { workspace: string; fontArgs?: { fontBlobs: readonly Buffer[] }[] }): TypstCompiler
  }
}

export interface TypstCompiler {
  mapShadow(path: string, bytes: Buffer): void
  /** `creationTimestamp` in seconds since 1970 */
  pdf(
    main: { mainFilePath: string },
    options: { pdfStandard: string; pdfTags: boolean; creationTimestamp?: number },
  ): Buffer
}

/** Loads the compiler. Throws PdfError PDF_UNAVAILABLE where it is not installed or does not run here. */
export function typst(): TypstBinding {
  try {
    return createRequire(import.meta.url)(PACKAGE) as TypstBinding
  } catch {
    throw new PdfError(
      'PDF_UNAVAILABLE',
      'PDF cannot be written on this machine',
      'take it as HTML; a browser prints that as PDF',
    )
  }
}
