import { Bounded } from './bounded.ts'
import { damaged, hostile } from './errors.ts'

/** A DEX file numbers types with 16 bits, nearly: more classes than this are in none. */
const MOST_CLASSES = 0x1_0000
const LONGEST_NAME = 1_024
/** In all of one file, in bytes: names may share their bytes. */
const MOST_NAMES = 16 << 20

/**
 * The names of the classes that a DEX file defines, as `com.example.Main`, from `class_defs` alone (Dalvik Executable format).
 * Throws PackageError DAMAGED, TOO_LARGE. What is no class's name is passed over.
 */
export function classNames(bytes: Buffer): string[] {
  const part = 'a file of classes'
  const dex = new Bounded(bytes, part)
  if (!/^dex\n\d\d\d\0$/.test(bytes.toString('latin1', 0, 8))) throw damaged(part, 'it does not begin as one')
  const strings = { count: dex.u32(56), at: dex.u32(60) }
  const types = { count: dex.u32(64), at: dex.u32(68) }
  const classes = { count: dex.u32(96), at: dex.u32(100) }
  if (classes.count > MOST_CLASSES) throw hostile('TOO_LARGE', `${part} defines more classes than it can`)
  const names: string[] = []
  const seen = new Set<number>()
  let held = 0
  for (let index = 0; index < classes.count; index++) {
    const type = dex.u32(classes.at + index * 32)
    if (type >= types.count || seen.has(type)) throw damaged(part, 'it defines a class twice, or none')
    seen.add(type)
    const string = dex.u32(types.at + type * 4)
    if (string >= strings.count) throw damaged(part, 'a name is not among its strings')
    const at = dex.u32(strings.at + string * 4)
    // The length in UTF-16 units comes first, in bytes of seven bits.
    let start = at
    while (dex.u8(start) >= 0x80 && start - at < 5) start++
    const end = bytes.indexOf(0, start + 1)
    if (end < 0) throw damaged(part, 'a name has no end')
    held += end - start
    if (held > MOST_NAMES) throw hostile('TOO_LARGE', `the names in ${part} have no end`)
    if (end - start > LONGEST_NAME) continue
    const name = bytes.toString('utf8', start + 1, end)
    if (/^L[^;\n]+;$/.test(name)) names.push(name.slice(1, -1).replaceAll('/', '.'))
  }
  return names
}
