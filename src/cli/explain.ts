import { AcquisitionError } from '../acquisition/index.ts'
import { EXIT, Stop } from './exit.ts'
import type { Terminal } from './terminal.ts'

/** Says in two lines what went wrong, and returns the exit code. Throws again what only a bug can cause. */
export function explain(error: unknown, out: Terminal): number {
  const { exit, what, hint } = wordsFor(error)
  out.error(what, hint)
  return exit
}

interface Words {
  readonly exit: number
  readonly what: string
  readonly hint: string
}

function wordsFor(error: unknown): Words {
  if (error instanceof Stop) return { exit: error.exit, what: error.message, hint: error.hint }
  if (error instanceof AcquisitionError)
    return {
      exit: EXIT.unreadable,
      what: error.message,
      hint:
        error.code === 'PASSWORD_NEEDED'
          ? `${error.hint} (--password-file: a file whose first line it is)`
          : error.hint,
    }
  if (error instanceof Error && 'hint' in error && typeof error.hint === 'string')
    return { exit: exitFor(error), what: error.message, hint: error.hint }
  const system = systemWords(error)
  if (system === undefined) throw error
  return system
}

/** Codes of refusals that come as errors rather than as decisions. */
const REFUSED = new Set(['SAME_KEY', 'SAME_PERSON'])
/** Codes of what was given and could not be used. */
const MISUSED = new Set([
  'EXISTS',
  'KEY_EXISTS',
  'NOT_WRITABLE',
  'BAD_RECIPIENT',
  'BAD_IDENTITY',
  'NOT_FOUND',
  'KEY_UNREADABLE',
  'POLICY_MALFORMED',
  'OUT_OF_RANGE',
  'PRIVATE_KEY_SHARED',
])

function exitFor(error: Error): number {
  const code = String((error as { code?: unknown }).code)
  if (REFUSED.has(code)) return EXIT.refused
  return MISUSED.has(code) ? EXIT.usage : EXIT.failed
}

/** What the operating system says, by its code. Without the path: it may be a name that came from a phone. */
const SYSTEM: Readonly<Record<string, readonly [exit: number, what: string, hint: string]>> = {
  ENOSPC: [EXIT.failed, 'the disk is full', 'make room where the output goes, then run again'],
  EDQUOT: [EXIT.failed, 'the disk quota is used up', 'make room where the output goes, then run again'],
  EFBIG: [EXIT.failed, 'a file may not become that large here', 'raise the limit, or write to another disk'],
  EIO: [EXIT.failed, 'the disk is failing', 'check it, and write to another one'],
  EROFS: [
    EXIT.usage,
    'the output cannot be written here: the disk is read-only',
    'give a folder that you may write to',
  ],
  ENOENT: [EXIT.usage, 'there is no such file or folder', 'check the paths that you gave'],
  ENOTDIR: [EXIT.usage, 'a folder was expected, and there is a file', 'check the paths that you gave'],
  EISDIR: [EXIT.usage, 'a file was expected, and there is a folder', 'check the paths that you gave'],
  EEXIST: [EXIT.usage, 'there is already something of that name', 'give another name, or move it away'],
  EACCES: [EXIT.usage, 'not allowed to read or write there', 'check who may, and the paths that you gave'],
  EPERM: [EXIT.usage, 'not allowed to read or write there', 'check who may, and the paths that you gave'],
  ENAMETOOLONG: [EXIT.usage, 'a name is too long', 'give a shorter one'],
  ELOOP: [EXIT.usage, 'a link leads back to itself', 'check the paths that you gave'],
  EMFILE: [EXIT.failed, 'too many files are open', 'raise the limit (`ulimit -n`), then run again'],
}

function systemWords(error: unknown): Words | undefined {
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown }
  // Only what a system call said: an error of our own making must not pass for one.
  const known = typeof syscall === 'string' ? SYSTEM[String(code)] : undefined
  return known && { exit: known[0], what: known[1], hint: known[2] }
}
