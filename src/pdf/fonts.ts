import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type Coverage, readSfnt } from './sfnt.ts'

/** The fonts of a PDF, and which characters they have. */
export interface Fonts {
  /** families in the order in which a character is looked for */
  readonly families: readonly string[]
  readonly mono: readonly string[]
  readonly blobs: readonly Buffer[]
  covers(codePoint: number): boolean
}

// Fonts under the SIL Open Font License 1.1, each where it is installed; no font of the machine is ever used.
const SHIPPED: readonly { family: string; style: 'Regular' | 'Bold'; file: string }[] = [
  { family: 'Peel Sans', style: 'Regular', file: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf' },
  { family: 'Peel Sans', style: 'Bold', file: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf' },
  {
    family: 'Peel Arabic',
    style: 'Regular',
    file: '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  },
  {
    family: 'Peel Gurmukhi',
    style: 'Regular',
    file: '@expo-google-fonts/noto-sans-gurmukhi/400Regular/NotoSansGurmukhi_400Regular.ttf',
  },
  { family: 'Peel Emoji', style: 'Regular', file: '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf' },
  { family: 'Peel Han', style: 'Regular', file: '@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf' },
]

// The compiler brings fonts of its own. What of them is relied on: Latin as Western Europe writes it, and the marks that our
// own sentences use. The test compiles every one of these.
const BUILT_IN = ['Libertinus Serif']
const BUILT_IN_MONO = ['DejaVu Sans Mono']
const BUILT_IN_COVERAGE: Coverage = [
  [0x20, 0x7e],
  [0xa0, 0xac],
  [0xae, 0xff],
  [0x100, 0x17f],
  [0x2013, 0x2014],
  [0x2018, 0x201a],
  [0x201c, 0x201e],
  [0x2020, 0x2022],
  [0x2026, 0x2026],
  [0x20ac, 0x20ac],
]

// Never drawn by themselves: joiners, variation selectors, the tags of flags, line ends, tabs.
const UNDRAWN: Coverage = [
  [0x09, 0x0a],
  [0x200b, 0x200d],
  [0xfe00, 0xfe0f],
  [0xe0020, 0xe007f],
]

let loaded: Fonts | undefined

/** Loads the fonts that are installed, once. */
export function fonts(): Fonts {
  loaded ??= load(SHIPPED)
  return loaded
}

/** The fonts that every compiler has, with nothing installed. */
export function builtInFonts(): Fonts {
  return load([])
}

function load(shipped: typeof SHIPPED): Fonts {
  const { resolve } = createRequire(import.meta.url)
  const families = new Set<string>()
  const blobs: Buffer[] = []
  const coverage: Coverage[] = []
  for (const { family, style, file } of shipped) {
    const path = placeOf(file, resolve)
    if (path === undefined) continue
    const read = readSfnt(readFileSync(path), family, style)
    families.add(family)
    blobs.push(read.font)
    // A character that only the bold face has would be lost in running text.
    if (style === 'Regular') coverage.push(read.coverage)
  }
  const all = [...coverage, BUILT_IN_COVERAGE, UNDRAWN]
  return {
    families: [...families, ...BUILT_IN],
    mono: [...BUILT_IN_MONO, ...families, ...BUILT_IN],
    blobs,
    covers: (codePoint) => all.some((ranges) => within(ranges, codePoint)),
  }
}

/** Where a file of an installed package lies; its "exports" need not name it. */
function placeOf(file: string, resolve: NodeJS.RequireResolve): string | undefined {
  return (resolve.paths(file) ?? []).map((folder) => join(folder, file)).find((path) => existsSync(path))
}

function within(ranges: Coverage, codePoint: number): boolean {
  let [low, high] = [0, ranges.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const [from, to] = ranges[middle] ?? [0, 0]
    if (codePoint < from) high = middle - 1
    else if (codePoint > to) low = middle + 1
    else return true
  }
  return false
}
