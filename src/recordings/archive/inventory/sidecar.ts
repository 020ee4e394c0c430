import type { Direction } from '../names/named-call.ts'

/** What a file beside a recording says of its call. Only what it says. */
export interface SidecarFacts {
  readonly form: 'bcr' | 'cube'
  readonly numbers: readonly string[]
  readonly contact?: string
  readonly direction?: Direction
  /** milliseconds since 1970 */
  readonly startedAt?: number
  readonly durationMs?: number
  readonly sim?: number
}

/** The largest file that is read as one, in bytes. BCR writes some 2 KB. */
export const LARGEST_SIDECAR = 256 << 10

type Fields = Readonly<Record<string, unknown>>

/** Reads what BCR (from 1.49 on) and Cube ACR write beside a recording. Undefined for any other text. */
export function readSidecar(text: string): SidecarFacts | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isFields(value)) return undefined
  if (isFields(value['output']) && typeof value['timestamp_unix_ms'] === 'number') return bcr(value, value['output'])
  if (typeof value['callee'] === 'string' && 'duration' in value) return cube(value)
  return undefined
}

const BCR_DIRECTIONS: ReadonlySet<unknown> = new Set<Direction>(['in', 'out', 'conference'])

function bcr(said: Fields, output: Fields): SidecarFacts {
  const calls = Array.isArray(said['calls']) ? said['calls'].filter(isFields) : []
  const numbers = calls.flatMap(({ phone_number: number }) => (isText(number) ? [number] : []))
  const contact = calls.map((call) => call['contact_name'] ?? call['caller_name']).find(isText)
  const { recording } = output
  const seconds = isFields(recording)
    ? (recording['duration_secs_encoded'] ?? recording['duration_secs_total'])
    : undefined
  const { direction, sim_slot: sim, timestamp_unix_ms: at } = said
  return {
    form: 'bcr',
    numbers,
    ...(contact !== undefined && { contact }),
    ...(BCR_DIRECTIONS.has(direction) && { direction: direction as Direction }),
    ...(isInstant(at) && { startedAt: at }),
    ...(isLength(seconds) && { durationMs: seconds * 1000 }),
    ...(Number.isSafeInteger(sim) && { sim: sim as number }),
  }
}

const CUBE_DIRECTIONS: Readonly<Record<string, Direction>> = { Incoming: 'in', Outgoing: 'out' }

function cube({ callee, duration, direction }: Fields): SidecarFacts {
  // Milliseconds, as text.
  const ms = typeof duration === 'string' && /^\d{1,10}$/.test(duration) ? Number(duration) : undefined
  const way =
    typeof direction === 'string' && Object.hasOwn(CUBE_DIRECTIONS, direction) ? CUBE_DIRECTIONS[direction] : undefined
  const isNumber = typeof callee === 'string' && /^\+?[\d\s().-]{3,20}$/.test(callee)
  return {
    form: 'cube',
    numbers: isNumber ? [callee.trim()] : [],
    ...(!isNumber && isText(callee) && { contact: callee }),
    ...(way !== undefined && { direction: way }),
    ...(ms !== undefined && { durationMs: ms }),
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function isInstant(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}

function isLength(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 10_000_000
}
