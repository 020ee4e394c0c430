import { isDay } from '../../retention/index.ts'
import schemaDocument from './dpia.schema.json' with { type: 'json' }
import type { Dpia } from './dpia.ts'
import { DpiaError } from './errors.ts'
import { parseBounded } from './parse-bounded.ts'
import { faultOf, type Schema } from './schema.ts'
import { isReadable } from './unseen.ts'

/** The published JSON Schema of `peel-dpia/1`. */
export const DPIA_SCHEMA = schemaDocument as unknown as Schema

/** A long assessment has some hundred thousand characters. */
const MAX_CHARACTERS = 1 << 21

/**
 * Reads an assessment from its text (JSON), draft or not. Throws DpiaError TOO_LARGE, TOO_DEEP, NOT_JSON or NOT_A_DPIA, whose
 * hint says where and what, never what stands there.
 */
export function readDpia(text: string): Dpia {
  return checkDpia(parseBounded(text, MAX_CHARACTERS))
}

/** The same for a value that was read elsewhere. Throws DpiaError NOT_A_DPIA. */
export function checkDpia(value: unknown): Dpia {
  const fault = faultOf(value, DPIA_SCHEMA) ?? ruleBroken(value as Dpia)
  if (fault !== undefined) throw new DpiaError('NOT_A_DPIA', 'that is no assessment of the form peel-dpia/1', fault)
  return value as Dpia
}

/** What a schema cannot say. */
function ruleBroken(dpia: Dpia): string | undefined {
  if ((dpia.revision === 1) !== (dpia.supersedes === undefined))
    return 'supersedes stands in every revision but the first'
  const ids = dpia.risks.map(({ id }) => id)
  if (new Set(ids).size < ids.length) return 'risks: one id stands there twice'
  const titles = dpia.measures.map(({ title }) => title)
  if (new Set(titles).size < titles.length) return 'measures: one title stands there twice'
  return strange(dpia, 'the document')
}

const DAYS = new Set(['on', 'sent', 'review_on'])

/** The place of the first text that reads otherwise than it is stored, or of a day that there is not. */
function strange(value: unknown, at: string): string | undefined {
  if (typeof value === 'string') return isReadable(value) ? undefined : `${at} holds characters that cannot be seen`
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    if (DAYS.has(name) && !isDay(inner)) return `${name} is no day of the calendar`
    const fault = strange(inner, Array.isArray(value) ? at : name)
    if (fault !== undefined) return fault
  }
  return undefined
}
