import { AcquisitionError } from '../errors.ts'

/** SQLite's result codes that speak of the material, not of the question (result codes, sqlite3.h). */
const DAMAGE = /^SQLITE_(CORRUPT|NOTADB|IOERR)/
const DAMAGE_CODES = new Set([10, 11, 26])
const TOO_BIG = 18
const OUT_OF_MEMORY = 7

/**
 * Turns an engine's error into ours where the material is to blame. Anything else is a mistake in the question, hence a
 * bug, and stays as it is.
 */
export function blamed(error: unknown, path: string): unknown {
  if (!(error instanceof Error)) return error
  const { code = '', errcode = 0 } = error as { code?: string; errcode?: number }
  const primary = errcode & 0xff
  if (DAMAGE.test(code) || DAMAGE_CODES.has(primary) || REFUSED.test(error.message)) return damaged(path, error)
  if (code === 'SQLITE_TOOBIG' || code === 'SQLITE_NOMEM' || primary === TOO_BIG || primary === OUT_OF_MEMORY)
    return new AcquisitionError('TOO_LARGE', `a value of ${path} is too large`, 'look at it with another tool', {
      cause: error,
    })
  return error
}

/** The same before anything was asked: then there is no question to be wrong, and whatever an engine says is of the material. */
export function blamedOnOpening(error: unknown, path: string): unknown {
  const { code } = error as { code?: unknown }
  const engine = typeof code === 'string' && (code.startsWith('SQLITE_') || code === 'ERR_SQLITE_ERROR')
  return engine ? damaged(path, error) : error
}

/** What the engines say of a schema that asks for harm, or for what only the phone has. */
const REFUSED = /^(unsafe use of|malformed database schema|no such collation sequence)/

export function damaged(path: string, cause?: unknown): AcquisitionError {
  const hint = 'get a whole copy of it; what could be read before the damage is kept'
  return new AcquisitionError('DAMAGED', `the database ${path} is damaged`, hint, { cause })
}

export function notADatabase(path: string): AcquisitionError {
  const hint = 'it may be encrypted by its app, or be something else under this name'
  return new AcquisitionError('DAMAGED', `${path} is not an SQLite database`, hint)
}
