/**
 * File systems of a phone as they are handed over: a folder, a zip, a tar, or one database. Knows how each of them lists and
 * holds files. Does not know what any file means, nor backups' own layouts.
 * Invariant: every listed path stays inside the source, and no file yields more bytes than it declares.
 */
export { openFolder } from './folder.ts'
export { openLoneFile } from './lone-file.ts'
export { gzipHoldsTar, isTarHeader, openTar, openTarGz, tarGzSource, tarSource } from './tar.ts'
export { openZip, zipSource } from './zip.ts'
