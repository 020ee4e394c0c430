/**
 * Pdf: compiles a template and its data into a tagged PDF (ISO 14289-1). Knows the compiler, the fonts that come with us, and
 * which characters those have. Does not know what a document says: templates and their data are its callers'.
 * Invariant: the same template, data, fonts and date give the same bytes, and no font, file or clock of the machine is used.
 */
export * from './compile.ts'
export { builtInFonts, type Fonts, fonts } from './fonts.ts'
export * from './pdf-error.ts'
export { typst } from './typst.ts'
