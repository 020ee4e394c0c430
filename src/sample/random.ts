/** Numbers that look random and follow from a seed alone. */
export interface Random {
  /** at least 0, less than 1 */
  next(): number
  /** a whole number, at least 0, less than `below` */
  below(below: number): number
  pick<T>(from: readonly T[]): T
  chance(probability: number): boolean
}

/** Makes a source of numbers from any text: sfc32, seeded by FNV-1a. */
export function randomFrom(seed: string): Random {
  let a = mix(seed, 1)
  let b = mix(seed, 2)
  let c = mix(seed, 3)
  let counter = 1
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 4_294_967_296
  }
  for (let turn = 0; turn < 12; turn++) next()
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    pick: <T>(from: readonly T[]) => from[below(from.length)] as T,
    chance: (probability) => next() < probability,
  }
}

/** 32 bits from a text and a number. */
export function mix(text: string, salt: number): number {
  let hash = (0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1)) | 0
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return scramble(hash)
}

export function scramble(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

/** An identifier like `8F14E45F-CEEA-467F-9575-1C5D1B0E2A77` for the nth thing of a sort. */
export function uuid(seed: string, sort: string, n: number): string {
  const hex = hexDigits(`${seed}/${sort}`, n)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-A${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** 32 upper-case hexadecimal digits for the nth thing of a sort. */
export function hexDigits(sort: string, n: number): string {
  let hex = ''
  for (let part = 1; part <= 4; part++) {
    const word = scramble(baseOf(sort, part) ^ scramble(Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(part, 0x7feb352d)))
    hex += word.toString(16).padStart(8, '0')
  }
  return hex.toUpperCase()
}

const bases = new Map<string, number>()

function baseOf(sort: string, part: number): number {
  const key = `${part}${sort}`
  let base = bases.get(key)
  if (base === undefined) {
    if (bases.size > 1000) bases.clear()
    base = mix(sort, part)
    bases.set(key, base)
  }
  return base
}
