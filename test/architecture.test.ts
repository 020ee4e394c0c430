import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

// The rooms, ground floor first, and why each stands where it does. A room may import only rooms above it in this list.
const ROOMS: readonly (readonly [room: string, why: string])[] = [
  ['records', 'what everything else speaks of; it must make sense without any of it'],
  ['tlog', 'a log that only grows, and how to check it: whoever checks us needs no more than this'],
  ['signature', 'keys and envelopes, for authorisations and manifests alike; it must not know what is signed'],
  ['vault', 'seals bytes; it must not know what they mean, so that it cannot decide about them'],
  ['keyring', 'holds keys; it must not know what they open or who may ask, so that it has nothing to tell'],
  ['events', 'what is written down of every act; it must not know who may do it, nor where it is kept'],
  ['access', 'who may do what; it must not know how it is done, so that it can be read by itself'],
  ['pdf', 'sets paper; it must not know what a document says, so that every document can use it'],
  ['scope', 'rules over records; it must not know files or signatures, so that it can be read by itself'],
  [
    'acquisition',
    'opens what was given; it must not know what files mean, so that it cannot read more than it is asked for',
  ],
  ['authorisation', 'the legal act around a scope; it must not know how it is carried out'],
  ['artefacts', 'what files mean; they must not know what is authorised, so that they cannot let anything pass'],
  ['extraction', 'the only place where source, scope and container meet'],
  ['verify', 'checks what extraction made; it must not read phones'],
  ['retention', 'how long what was taken is kept; it must not know containers, so that it can destroy nothing'],
  ['recordings', 'archives of call recordings: what they are and what becomes of them; it must not know who decides'],
  ['apps', 'apps before they are let onto phones, and after; it must not know who decides'],
  ['notice', 'the words that people are given; it must not know who was given them, so that it keeps nothing'],
  ['report', 'says what was done, from the container alone'],
  ['review', 'finds its way in an open container; it must not know who looks, so that it can decide nothing'],
  ['sample', 'makes phones; it must not share code with what reads them, or it would share its mistakes'],
  ['store', 'tables and how they came about; it must not know who may do what'],
  ['journal', 'puts what happens into the log; it must not know what it means'],
  ['backup', 'copies and puts back; it must not know what it copies, and never meets an epoch key'],
  ['actions', 'one verb a file: the policy, the log, then the deed; it must not know who shows it'],
  ['story', 'an invented force, made by actions alone'],
  ['jobs', 'work behind the pages, by ids alone'],
  ['server', 'the table of routes and its pages; it must do nothing by itself'],
  ['cli', 'one file a verb'],
  ['bin', 'the only place where parts are joined'],
]
const NAMES = ROOMS.map(([room]) => room)

// Narrower than the order alone.
const ONLY: Readonly<Record<string, readonly string[]>> = {
  tlog: [],
  signature: [],
  pdf: [],
  keyring: ['signature', 'vault'],
  sample: ['records'],
  events: ['records', 'tlog', 'signature'],
  access: [],
  scope: ['records'],
  artefacts: ['acquisition', 'records'],
  retention: ['records', 'authorisation'],
  recordings: ['records', 'tlog', 'signature', 'vault', 'acquisition', 'retention'],
  apps: ['records', 'signature', 'acquisition', 'retention'],
  notice: ['records', 'pdf', 'scope', 'authorisation', 'retention'],
  verify: ['records', 'tlog', 'signature', 'vault', 'scope', 'authorisation', 'extraction'],
}

const SRC = fileURLToPath(new URL('../src/', import.meta.url))
const files = globSync('**/*.ts', { cwd: SRC })

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(join(SRC, from), 'utf8')
  const statements = [
    ...text.matchAll(/^(?:import|export)\s+(type\s+)?[^'"]*?from\s+'(\.[^']+)'/gm),
    ...text.matchAll(/()import\('(\.[^']+)'\)/g),
  ]
  return statements.map(([, type, to = '']) => ({
    from,
    to: normalize(join(dirname(from), to)),
    typeOnly: type !== undefined && type !== '',
  }))
})

const roomOf = (file: string) => file.split('/')[0] ?? ''

test('every folder of src is a room in the table', () => {
  assert.deepEqual(
    [...new Set(files.map(roomOf))].filter((room) => !NAMES.includes(room)),
    [],
  )
})

for (const [room, why] of ROOMS)
  test(`${room} imports only rooms above it: ${why}`, () => {
    const above = ONLY[room] ?? NAMES.slice(0, NAMES.indexOf(room))
    const wrong = imports
      .filter(
        ({ from, to }) =>
          roomOf(from) === room && roomOf(to) !== room && !above.includes(roomOf(to)) && !isTestOfWhole(from),
      )
      .map(({ from, to }) => `${from} → ${to}`)
    assert.deepEqual(wrong, [], why)
  })

/** Tests, and what is generated for them alone, may bring rooms together that must not know each other. */
function isTestOfWhole(file: string): boolean {
  return /\.(test|fixture)\.ts$/.test(file) || /(^|\/)generated-[^/]+\.ts$/.test(file)
}

test('a room is entered through its index.ts, and never enters its own', () => {
  const wrong = imports
    .filter(({ from, to }) =>
      roomOf(from) === roomOf(to) ? to === `${roomOf(to)}/index.ts` : !/^[^/]+\/index\.ts$/.test(to),
    )
    .filter(
      ({ from, to }) =>
        !isTestOfWhole(from) && roomOf(from) !== 'bin' && !(to.startsWith('..') && to.endsWith('.json')),
    )
    .map(({ from, to }) => `${from} → ${to}`)
  assert.deepEqual(wrong, [])
})

// What several artefacts of one app have in common, and is none itself.
const VOCABULARIES = new Set(['whatsapp', 'telephony'])

test('no artefact imports another artefact', () => {
  const folder = (file: string) =>
    file.startsWith('artefacts/') && file.split('/').length > 2 ? file.split('/')[1] : undefined
  const wrong = imports
    .filter(({ from }) => !isTestOfWhole(from))
    .filter(
      ({ from, to }) =>
        folder(from) && folder(to) && folder(from) !== folder(to) && !VOCABULARIES.has(folder(to) ?? ''),
    )
    .map(({ from, to }) => `${from} → ${to}`)
  assert.deepEqual(wrong, [])
})

test('no file imports itself in a circle', () => {
  const graph = new Map<string, string[]>()
  for (const { from, to, typeOnly } of imports) if (!typeOnly) graph.set(from, [...(graph.get(from) ?? []), to])
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    assert.ok(!path.includes(file), `a circle: ${[...path, file].join(' → ')}`)
    if (done.has(file)) return
    for (const next of graph.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
})

test('there is no drawer for things without a place', () => {
  const drawers = files.filter((file) => /(^|\/)(utils?|helpers?|common|shared|lib|misc)(\/|\.ts$)/.test(file))
  assert.deepEqual(drawers, [])
})

test('every room opens with what it knows, what it does not, and its invariant', () => {
  for (const room of NAMES.filter((name) => !['cli', 'bin'].includes(name))) {
    const opening = readFileSync(join(SRC, room, 'index.ts'), 'utf8').slice(0, 900)
    assert.match(opening, /^\/\*\*[\s\S]*(does not|knows nothing|Imports nothing)[\s\S]*Invariant/i, room)
  }
})

test('nothing below the command line reads the clock, the time zone or the locale', () => {
  const wrong = files
    .filter((file) => !['cli', 'bin'].includes(roomOf(file)) && !/\.(test|fixture)\.ts$/.test(file))
    .filter((file) =>
      /Date\.now\(\)|new Date\(\)|toLocale(Date|Time)?String\(\)|\.getTimezoneOffset|localeCompare\(/.test(
        readFileSync(join(SRC, file), 'utf8'),
      ),
    )
  assert.deepEqual(wrong, [])
})
