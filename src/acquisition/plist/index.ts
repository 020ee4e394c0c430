/**
 * Property lists, as Apple's systems write them: binary, XML, and archives of objects in either. Knows the formats and not
 * what any list means. Invariant: time and memory are linear in the size of the bytes, and so is walking the result.
 */
export { unarchive } from './archive.ts'
export { parsePlist } from './plist.ts'
export { isDictionary, type PlistDictionary, type PlistValue, Uid } from './value.ts'
