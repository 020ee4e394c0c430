import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import type { LogFolder } from './log-folder.ts'
import type { Digest } from './merkle.ts'
import { parseNote } from './note.ts'
import { type Believed, openUnder, type Policy } from './policy.ts'
import { rebuild } from './rebuild.ts'

/** Archived checkpoints that are read at the same time. */
const AT_ONCE = 32

/** One thing that was looked at. */
export interface LogCheck {
  readonly name: string
  readonly result: 'passed' | 'failed' | 'not_checked'
  /** why, or what it was */
  readonly detail: string
}

export interface VerifyLogOptions extends LogFolder {
  /** whose signatures count; without it nothing vouches for the log but itself */
  readonly policy?: Policy
  /** signed checkpoints that the verifier kept from before, or had from somebody else */
  readonly known?: readonly (Uint8Array | string)[]
  /** Is told every entry in its order; gives why it may not stand there, or undefined. */
  leaf?(entry: Buffer, index: number): string | undefined
}

export interface VerifiedLog {
  readonly checks: readonly LogCheck[]
  /** entries of the log as its checkpoint says; 0 where that cannot be read */
  readonly size: number
}

/**
 * Verifies a whole log from its files: the signatures, every entry, every tile, every checkpoint that it ever published. Never throws
 * for what it finds; every check comes back with its result.
 */
export async function verifyLog({ read, archive, policy, known = [], leaf }: VerifyLogOptions): Promise<VerifiedLog> {
  const checks: LogCheck[] = []
  const check = (name: string, fault: string | undefined, detail: string) =>
    checks.push({ name, result: fault === undefined ? 'passed' : 'failed', detail: fault ?? detail })
  const skip = (name: string, detail: string) => checks.push({ name, result: 'not_checked', detail })

  const head = await attempt(async () => open(await read('checkpoint'), policy))
  if (head.fault !== undefined) {
    check('checkpoint', head.fault, '')
    for (const name of ['witnesses', 'entries', 'tiles', 'archive']) skip(name, 'there is no checkpoint to hold it to')
    return { checks, size: 0 }
  }
  const { checkpoint, believed } = head.value
  const { origin, size } = checkpoint
  const named = `${origin}, ${size} ${size === 1 ? 'entry' : 'entries'}`
  if (believed === undefined) skip('checkpoint', `${named}; nobody was given whose signature would count`)
  else check('checkpoint', undefined, `${named}, signed by its log`)
  witnesses(believed, policy, check, skip)

  const archived = await readArchive({ read, archive }, policy, origin)
  const others = await Promise.all(known.map((note) => attempt(async () => open(note, policy))))
  const older = [
    ...archived.checkpoints,
    ...others.flatMap(({ value }) => (value === undefined ? [] : [value.checkpoint])),
  ]
  const roots = new Map<number, Digest>()
  const wrongTiles: string[] = []
  let wrongLeaf: string | undefined
  const built = await attempt(() =>
    rebuild({
      read,
      size,
      sizes: [...new Set(older.map((each) => each.size))].sort((a, b) => a - b),
      onEntry(entry, index) {
        const why = wrongLeaf === undefined ? leaf?.(entry, index) : undefined
        if (why !== undefined) wrongLeaf = `entry ${index}: ${why}`
      },
      onRoot: (at, root) => roots.set(at, root),
      onWrongTile: (path) => wrongTiles.push(path),
    }),
  )
  if (built.fault !== undefined) {
    check('entries', built.fault, '')
    for (const name of ['tiles', 'archive']) skip(name, 'the entries are not all there')
    return { checks, size }
  }
  const same = built.value.equals(checkpoint.root)
  check(
    'entries',
    same ? undefined : 'the entries do not have the root that was signed',
    'together they have the signed root',
  )
  check('tiles', wrongTiles.length === 0 ? undefined : wrong(wrongTiles), 'each is what the entries imply')
  const fits = (each: Checkpoint): string | undefined =>
    each.origin !== origin
      ? 'a checkpoint is of another log'
      : each.size > size
        ? `the log once had ${each.size} entries: it was rolled back`
        : roots.get(each.size)?.equals(each.root) === true
          ? undefined
          : `at ${each.size} entries the log once had another root: history was rewritten`
  const faultOf = (all: readonly Checkpoint[]) => all.map(fits).find((fault) => fault !== undefined)
  check(
    'archive',
    archived.fault ?? faultOf(archived.checkpoints),
    `${archived.checkpoints.length} that were published fit`,
  )
  if (known.length > 0) {
    const fault = others.find((other) => other.fault !== undefined)?.fault
    const theirs = others.flatMap(({ value }) => (value === undefined ? [] : [value.checkpoint]))
    check('known checkpoints', fault ?? faultOf(theirs), `${known.length} from elsewhere fit`)
  }
  if (leaf !== undefined) check('leaves', wrongLeaf, 'each may stand where it does')
  return { checks, size }
}

function witnesses(
  believed: Believed | undefined,
  policy: Policy | undefined,
  check: (name: string, fault: string | undefined, detail: string) => void,
  skip: (name: string, detail: string) => void,
): void {
  if (believed === undefined || policy === undefined) skip('witnesses', 'nobody was given whose signature would count')
  else if (policy.witnesses.length === 0) skip('witnesses', 'no witness was given: nobody but the log vouches for it')
  else {
    const names = believed.checkpoint.witnesses.map(({ name }) => name).join(', ')
    check(
      'witnesses',
      believed.witnessed ? undefined : `too few have cosigned${names && `: ${names}`}`,
      names || 'none is asked for',
    )
  }
}

function open(
  note: Uint8Array | string | undefined,
  policy: Policy | undefined,
): { checkpoint: Checkpoint; believed?: Believed } {
  if (note === undefined) throw new Error('there is no checkpoint')
  if (policy === undefined) return { checkpoint: parseCheckpoint(parseNote(note).text) }
  const believed = openUnder(policy, note)
  return { checkpoint: believed.checkpoint, believed }
}

/** Every checkpoint that the log says it published, signed by the log each; witnesses may have been away. */
async function readArchive({ read, archive }: LogFolder, policy: Policy | undefined, origin: string) {
  const checkpoints: Checkpoint[] = []
  const one = async (size: number): Promise<Checkpoint> => {
    const path = `archive/checkpoint.${size}`
    const { value, fault } = await attempt(async () => open(await read(path), policy))
    if (value === undefined) throw new Error(`${path}: ${fault}`)
    if (value.checkpoint.size !== size || value.checkpoint.origin !== origin)
      throw new Error(`${path} is not what its name says`)
    return value.checkpoint
  }
  const { fault } = await attempt(async () => {
    const sizes = await archive()
    for (let at = 0; at < sizes.length; at += AT_ONCE)
      checkpoints.push(...(await Promise.all(sizes.slice(at, at + AT_ONCE).map(one))))
  })
  return { checkpoints, fault }
}

type Attempt<T> =
  | { readonly value: T; readonly fault?: undefined }
  | { readonly value?: undefined; readonly fault: string }

async function attempt<T>(act: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await act() }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) }
  }
}

function wrong(paths: readonly string[]): string {
  const more = paths.length - 1
  return `${paths[0]} is missing or not what the entries imply${more > 0 ? `, and ${more} more` : ''}`
}
