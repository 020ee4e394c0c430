import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Random, randomFrom } from '../random.ts'
import { soundFile, SOUND_KINDS, type SoundKind } from './audio-bytes.ts'
import { type CaseFile, type Deployment, type Force, FROM, makeForce, type Phone, UNTIL } from './force.ts'
import { type RecordedCall, recordingName } from './recorder-names.ts'
import { registersOf } from './registers.ts'

/** What is true of one recording, whatever its name and its bytes tell. */
export interface TrueRecording {
  readonly path: string
  readonly device: string
  readonly holder: string
  /** of the other side; null where it was withheld */
  readonly number: string | null
  readonly direction: 'in' | 'out'
  /** milliseconds since 1970 */
  readonly started_at: number
  readonly duration_ms: number
  /** ids of operations, live cases, own cases and holds to which it belongs, `protected`; sorted */
  readonly ties: readonly string[]
  readonly damaged: boolean
  /** path of the recording that this is a copy of, byte for byte */
  readonly copy_of?: string
}

/** An archive that was made. */
export interface SampleArchive {
  /** folder with a folder for each phone, and one for a cloud */
  readonly archive: string
  /** folder with the force's registers as CSV */
  readonly registers: string
  /** JSON: `{"recordings": [TrueRecording…]}` */
  readonly truth: string
}

/** A call as it was, and on which phone. */
export interface TrueCall extends RecordedCall {
  readonly phone: Phone
  readonly holder: string
  readonly durationMs: number
  readonly ties: readonly string[]
}

/**
 * Makes an archive as a force finds it: recordings of many phones over four years, their registers, and the truth. The same number and
 * seed make the same bytes. Sound is seconds long, in real frames of silence. `dir` is made; throws where it holds something already.
 */
export function makeSampleArchive(
  dir: string,
  { recordings, seed }: { recordings: number; seed: string },
): SampleArchive {
  const random = randomFrom(`recordings/${seed}`)
  const force = makeForce(
    Math.max(8, Math.min(432, Math.round(recordings / 460))),
    Math.max(20, Math.round(recordings / 4)),
    random,
  )
  mkdirSync(join(dir, 'archive'), { recursive: true })
  const calls: TrueCall[] = []
  const truth: TrueRecording[] = []
  const names = new Set<string>()
  while (truth.length < recordings) {
    const call = callOf(force, random)
    const { phone } = call
    const name = recordingName(phone.recorder, call, random).path
    const path = `${phone.id}/${name}`
    if (names.has(path)) continue
    names.add(path)
    calls.push(call)
    const { bytes, durationMs, damaged } = fileOf(name, call.durationMs, random)
    write(join(dir, 'archive', path), bytes)
    const one = trueOf(path, { ...call, durationMs }, damaged)
    truth.push(one)
    if (truth.length < recordings && random.chance(0.05)) {
      const copy = `cloud/${phone.id}/${name.slice(name.lastIndexOf('/') + 1)}`
      if (names.has(copy)) continue
      names.add(copy)
      write(join(dir, 'archive', copy), bytes)
      truth.push({ ...one, path: copy, device: 'cloud', copy_of: path })
    }
  }
  for (const [file, text] of Object.entries(registersOf(force, calls, random)))
    write(join(dir, 'registers', file), text)
  const place = join(dir, 'truth.json')
  write(place, `${JSON.stringify({ recordings: truth.toSorted((a, b) => (a.path < b.path ? -1 : 1)) })}\n`)
  return { archive: join(dir, 'archive'), registers: join(dir, 'registers'), truth: place }
}

function write(path: string, bytes: Buffer | string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes, { flag: 'wx' })
}

/** One of the calls that there were: in an operation, with a party of a case, with somebody protected or held, mostly with a stranger. */
function callOf(force: Force, random: Random): TrueCall {
  const roll = random.next()
  if (roll < 0.03) return within(force, random.pick(force.operations), random)
  const phone = random.pick(force.phones)
  const { holder, from, to } = random.pick(phone.holders)
  const startedAt = from + 1_000_000 + random.below(Math.max(1, to - from - 2_000_000))
  const number = numberOf(force, roll, random)
  return call(force, phone, holder, startedAt, number, random)
}

function numberOf(force: Force, roll: number, random: Random): string | undefined {
  if (roll < 0.09) return random.pick(random.pick(force.cases).parties)
  if (roll < 0.1) return random.pick(force.protectedNumbers).number
  if (roll < 0.11) return random.pick(force.holds).number
  if (roll < 0.14) return undefined
  return random.pick(force.strangers)
}

function within(force: Force, { people, from, to }: Deployment, random: Random): TrueCall {
  const holder = people[0] as string
  const phone = force.phones.find(({ holders }) => holders.some((one) => one.holder === holder)) as Phone
  const startedAt = from + 60_000 + random.below(Math.max(1, to - from - 120_000))
  const kept = phone.holders.find((one) => one.from <= startedAt && startedAt < one.to) ?? phone.holders[0]
  return call(force, phone, kept?.holder ?? holder, startedAt, random.pick(force.strangers), random)
}

function call(
  force: Force,
  phone: Phone,
  holder: string,
  startedAt: number,
  number: string | undefined,
  random: Random,
): TrueCall {
  return {
    phone,
    holder,
    number,
    direction: random.pick(['in', 'out'] as const),
    startedAt: Math.min(UNTIL - 1, Math.max(FROM, startedAt)),
    durationMs: 1_000 + random.below(5_000),
    ties: tiesOf(force, holder, startedAt, number),
  }
}

/** Everything that a call belongs to, looked up one register after the other. */
export function tiesOf(force: Force, holder: string, at: number, number: string | undefined): string[] {
  const ties = new Set<string>()
  for (const { id, people, from, to } of force.operations)
    if (people.includes(holder) && from <= at && at < to) ties.add(id)
  if (number !== undefined) {
    for (const one of casesOf(force, number)) {
      const own = one.oic === holder || one.team.includes(holder)
      if (one.live || (own && one.from <= at && at < one.to)) ties.add(one.id)
    }
    for (const hold of force.holds) if (hold.number === number) ties.add(hold.id)
    if (force.protectedNumbers.some((one) => one.number === number)) ties.add('protected')
  }
  return [...ties].toSorted()
}

const byParty = new WeakMap<Force, Map<string, CaseFile[]>>()

function casesOf(force: Force, number: string): readonly CaseFile[] {
  let index = byParty.get(force)
  if (index === undefined) {
    index = new Map()
    for (const one of force.cases)
      for (const party of new Set(one.parties)) index.set(party, [...(index.get(party) ?? []), one])
    byParty.set(force, index)
  }
  return index.get(number) ?? []
}

function fileOf(name: string, ms: number, random: Random): { bytes: Buffer; durationMs: number; damaged: boolean } {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  const kind = KINDS[extension] ?? 'm4a'
  const made = soundFile(kind, ms, random)
  // A recorder that crashed, or a copy that was cut: with what stands alone a cut between frames would look like an end.
  const damaged = random.chance(0.02) && ['3gp', 'm4a', 'wav', 'flac', 'ogg'].includes(kind)
  return { ...made, bytes: damaged ? made.bytes.subarray(0, made.bytes.length - 40) : made.bytes, damaged }
}

const KINDS: Readonly<Record<string, SoundKind>> = {
  ...Object.fromEntries(SOUND_KINDS.map((kind) => [kind, kind])),
  mp4: 'm4a',
  oga: 'ogg',
}

function trueOf(path: string, call: TrueCall, damaged: boolean): TrueRecording {
  return {
    path,
    device: call.phone.id,
    holder: call.holder,
    number: call.number ?? null,
    direction: call.direction,
    started_at: call.startedAt,
    duration_ms: call.durationMs,
    ties: call.ties,
    damaged,
  }
}
