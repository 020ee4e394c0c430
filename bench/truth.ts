import { closeSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

interface Told {
  readonly time?: string
  readonly from?: { readonly address: string }
  readonly to: readonly { readonly address: string }[]
  readonly body?: string
}

/** Conditions that each take about so many of a phone's messages. */
export interface Conditions {
  readonly messages: number
  readonly between: { readonly from: string; readonly to: string }
  readonly with: string
  readonly containing: string
}

/** Finds in a phone's truth a time window, a counterparty and a word for about `wanted` messages. */
export function conditionsFor(wanted: number, path: string): Conditions {
  const times: string[] = []
  const people = new Map<string, number>()
  const words = new Map<string, number>()
  let messages = 0
  for (const line of lines(path)) {
    if (!line.startsWith('{"kind":"message"')) continue
    const { time, from, to, body } = JSON.parse(line.replace(/,$/, '')) as Told
    messages++
    if (time !== undefined) times.push(time)
    // Without the domain and the zero in front, so that one person's spellings count together.
    for (const { address } of from ? [from, ...to] : to) add(people, /^\+?(?:44|0)(7700900\d{3})/.exec(address)?.[1])
    for (const word of new Set(body?.toLowerCase().match(/\b[a-z]{4,}\b/g))) add(words, word)
  }
  times.sort()
  const first = times.length >> 1
  const nearest = (counts: Map<string, number>) =>
    [...counts].sort(([a, m], [b, n]) => Math.abs(m - wanted) - Math.abs(n - wanted) || (a < b ? -1 : 1))[0]?.[0] ?? ''
  return {
    messages,
    between: { from: times[first] ?? '', to: times[first + wanted] ?? '' },
    with: `+44${nearest(people)}`,
    containing: nearest(words),
  }
}

function add(counts: Map<string, number>, key: string | undefined): void {
  if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Lines of a file of any size. */
function* lines(path: string): Generator<string> {
  const file = openSync(path, 'r')
  const decoder = new StringDecoder('utf8')
  const chunk = Buffer.alloc(1 << 20)
  let held = ''
  for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
    const parts = (held + decoder.write(chunk.subarray(0, read))).split('\n')
    held = parts.pop() ?? ''
    yield* parts
  }
  closeSync(file)
  yield held
}
