import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Catalogue, View } from '../src/review/index.ts'
import { randomFrom } from '../src/sample/random.ts'
import { ContainerReader, readIdentities, readManifest } from '../src/vault/index.ts'
import { KEPT } from './material.ts'
import { nextRank, sealedMessages, wordOf } from './sealed-messages.ts'
import { type Bench, count, type Figure } from './shape.ts'
import { median, quantile } from './timed.ts'

const SIZES = [100_000, 1_000_000]
const SEARCHES = 1_000
const PER_PAGE = 20

/** A sealed extract as whoever reviews it finds it: opened with its key and its catalogue, its first page, and a search. */
export const openExtract: Bench = {
  name: 'open-extract',
  title: 'Opening and searching an extract',
  async run({ runs, scale, note }) {
    const figures: Figure[] = []
    for (const size of SIZES) {
      const messages = Math.max(1_000, Math.round(size * scale))
      note(`${count(messages)} messages`)
      const sealed = await sealedMessages(messages)
      figures.push(...(await measured(sealed, messages, runs)))
    }
    return figures
  },
}

interface Took {
  readonly wall: number
  /** user and system time of this process, milliseconds */
  readonly cpu: number
}

type Sealed = Awaited<ReturnType<typeof sealedMessages>>

async function measured(sealed: Sealed, messages: number, runs: number): Promise<Figure[]> {
  const file = join(KEPT, `sealed-messages-${messages}`, 'catalogue')
  const [making, opening] = [[] as Took[], [] as Took[]]
  rmSync(file, { force: true })
  const first = await timed(() => open(sealed, file))
  making.push(first.took)
  first.value.reader.close()
  if (!existsSync(file)) throw new Error('the catalogue was not kept')
  for (let run = 0; run < Math.max(10, runs); run++) {
    const { took, value } = await timed(() => firstPage(sealed, file))
    opening.push(took)
    value.reader.close()
  }
  const { view, reader } = await firstPage(sealed, file)
  const searching: Took[] = []
  const random = randomFrom('searches')
  for (let run = 0; run < SEARCHES; run++) {
    const words = Array.from({ length: run % 3 === 0 ? 2 : 1 }, () => wordOf(nextRank(random)))
    searching.push((await timed(() => view.search(words, {}, PER_PAGE))).took)
  }
  reader.close()
  const wall = searching.map((took) => took.wall)
  const cpu = searching.map((took) => took.cpu)
  const size = `${count(messages)} messages`
  return [
    {
      what: `open an extract of ${size}, to its first page`,
      value: median(opening.map(({ wall }) => wall)),
      unit: 'ms',
      target: 300,
      beside: `${median(opening.map(({ cpu }) => cpu)).toFixed(0)} ms of processor time; slowest ${Math.max(...opening.map(({ wall }) => wall)).toFixed(0)} ms`,
    },
    {
      what: `make its catalogue, once, after it was sealed`,
      value: median(making.map(({ wall }) => wall)) / 1000,
      unit: 's',
      beside: `${(median(making.map(({ cpu }) => cpu)) / 1000).toFixed(1)} s of processor time`,
    },
    {
      what: `search ${size}, 99 of 100 answered within`,
      value: quantile(wall, 0.99),
      unit: 'ms',
      target: 100,
      beside: `p50 ${quantile(wall, 0.5).toFixed(1)} ms; of processor time p50 ${quantile(cpu, 0.5).toFixed(1)} ms, p99 ${quantile(cpu, 0.99).toFixed(1)} ms; words as often as in any language`,
    },
  ]
}

async function open({ container, identity }: Sealed, file: string) {
  const reader = await ContainerReader.open(container, readIdentities(readFileSync(identity, 'utf8')))
  const catalogue = await Catalogue.open(reader, { manifest: readManifest(container), file })
  return { reader, view: new View(catalogue, 'main') }
}

/** What the page that an opened extract begins with asks for. */
async function firstPage(sealed: Sealed, file: string) {
  const opened = await open(sealed, file)
  const { view } = opened
  view.kinds()
  view.conversations(8)
  view.tags()
  view.page({}, 50)
  return opened
}

async function timed<T>(act: () => T | Promise<T>): Promise<{ took: Took; value: T }> {
  const [began, before] = [performance.now(), process.cpuUsage()]
  const value = await act()
  const wall = performance.now() - began
  const { user, system } = process.cpuUsage(before)
  return { took: { wall, cpu: (user + system) / 1000 }, value }
}
