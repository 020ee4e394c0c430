import { type Holdings, type Install, NO_HOLDINGS, SAID_OF_APP } from '../../apps/index.ts'

type Report = NonNullable<ReturnType<Holdings['devices']['get']>>[number]
type Held = Report['held'][number]
/** What many phones have alike of an app. */
type Shape = Omit<Install, 'device' | 'firstSeen' | 'firstSeenSaid'>
/** Numbers of each app on a phone: its shape, two times with whether they were said, and when it was last not there. */
const WIDTH = 6

interface Head {
  readonly at?: string
  readonly texts: readonly string[]
  readonly shapes: readonly Shape[]
  readonly counts: readonly (readonly [Report['source'], readonly unknown[]])[]
}

/** What phones hold as bytes: a line that says what they have alike, then a line for each phone. Ten thousand phones of 150 apps are some 15 MB. */
export function encodeHoldings({ at, devices, counts }: Holdings): Buffer {
  const texts = new Numbers<string>()
  const shapes = new Numbers<Shape>(keyOf)
  const time = (text: string | undefined) => (text === undefined ? -1 : texts.of(text))
  const lines: string[] = []
  for (const [device, reports] of devices) {
    const told = reports.map(({ source, at: on, wholeAt, held }) => {
      const numbers: number[] = []
      for (const { install, firstSeen, said, absentAt } of held)
        numbers.push(
          shapes.of(install),
          time(install.firstSeen),
          install.firstSeenSaid ? 1 : 0,
          time(firstSeen),
          said ? 1 : 0,
          time(absentAt),
        )
      return [source, time(on), time(wholeAt), numbers]
    })
    lines.push(JSON.stringify([device, told]))
  }
  const head: Head = {
    ...(at !== undefined && { at }),
    texts: texts.all,
    shapes: shapes.all.map((shape) => Object.fromEntries(SHAPE.map((name) => [name, shape[name]])) as unknown as Shape),
    counts: [...counts],
  }
  return Buffer.from([JSON.stringify(head), ...lines].join('\n'))
}

/** Reads what `encodeHoldings` wrote. */
export function decodeHoldings(bytes: Buffer | undefined): Holdings {
  if (bytes === undefined) return NO_HOLDINGS
  let at = bytes.indexOf(0x0a)
  if (at < 0) at = bytes.length
  const head = JSON.parse(bytes.toString('utf8', 0, at)) as Head
  const devices = new Map<string, readonly Report[]>()
  const time = (number: number | undefined) => head.texts[number ?? -1]
  while (at < bytes.length) {
    let end = bytes.indexOf(0x0a, at + 1)
    if (end < 0) end = bytes.length
    const [device, told] = JSON.parse(bytes.toString('utf8', at + 1, end)) as [
      string,
      [Report['source'], number, number, number[]][],
    ]
    devices.set(
      device,
      told.map(([source, on, wholeAt, numbers]) => {
        const held: Held[] = []
        for (let n = 0; n < numbers.length; n += WIDTH) {
          const shape = head.shapes[numbers[n] ?? -1] as Shape
          held.push({
            install: {
              ...shape,
              device,
              firstSeen: time(numbers[n + 1]) as string,
              firstSeenSaid: numbers[n + 2] === 1,
            },
            firstSeen: time(numbers[n + 3]) as string,
            said: numbers[n + 4] === 1,
            absentAt: time(numbers[n + 5]),
          })
        }
        return { source, at: time(on) as string, wholeAt: time(wholeAt), held }
      }),
    )
    at = end
  }
  return {
    ...(head.at !== undefined && { at: head.at }),
    devices,
    counts: new Map(head.counts) as unknown as Holdings['counts'],
  }
}

const SHAPE = ['platform', ...SAID_OF_APP, 'source'] as const satisfies readonly (keyof Shape)[]

/** A text for each shape, made millions of times: parts are divided by what stands in none of them. */
function keyOf({ platform, id, name, publisher, versionName, versionCode, installer, signers, source }: Shape): string {
  return `${platform}\0${id}\0${name}\0${publisher}\0${versionName}\0${versionCode}\0${installer}\0${signers.join()}\0${source}`
}

/** Gives everything that is alike one number. */
class Numbers<T> {
  readonly all: T[] = []
  readonly #known = new Map<unknown, number>()
  readonly #keyOf: (one: T) => unknown

  constructor(keyOf: (one: T) => unknown = (one) => one) {
    this.#keyOf = keyOf
  }

  of(one: T): number {
    const key = this.#keyOf(one)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, this.all.length)
    return this.all.push(one) - 1
  }
}
