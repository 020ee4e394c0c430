import assert from 'node:assert/strict'

/**
 * A reader of JSON Schema 2020-12, as far as our own schema goes: every keyword that it uses and no other. It is here because
 * a general validator takes longer to start than a small extraction to run, and because its findings must be sentences. The
 * tests hold it equal to a general validator.
 */
export interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly description?: string
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'
  readonly const?: string
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: false
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: true
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
}

/** Where a value stands in its document: names and places in lists, outermost first. */
export type Path = readonly (string | number)[]

/** What is wrong at one place. Never holds the value itself. */
export interface Fault {
  readonly path: Path
  readonly message: string
  readonly hint: string
  /** set where other code must tell it from any other fault */
  readonly code?: 'SAME_PERSON'
}

const MAX_FAULTS = 50

/** Gives everything that is wrong with a JSON value (at most 50 findings), in document order; nothing where it is valid. */
export function faultsOf(value: unknown, root: Schema): Fault[] {
  const faults: Fault[] = []
  visit(value, root, [])
  return faults

  function visit(value: unknown, given: Schema, path: Path): void {
    if (faults.length >= MAX_FAULTS) return
    const schema = resolve(given)
    const fault = (message: string, hint = schema.description) => {
      if (faults.length < MAX_FAULTS) faults.push({ path, message, hint: inPlainWords(hint) })
    }
    if (schema.const !== undefined && value !== schema.const) return fault(`must be ${schema.const}`)
    if (schema.enum && !schema.enum.includes(value as string))
      return fault(`must be one of: ${schema.enum.join(', ')}`, nearest(value, schema.enum) ?? schema.description)
    if (schema.type !== undefined && !isOfType(value, schema.type)) {
      const hint = schema.type === 'string' && typeof value === 'number' ? 'write it in quotes' : schema.description
      return fault(`must be ${TYPES[schema.type]}`, hint)
    }
    if (typeof value === 'string') visitString(value, schema, fault)
    else if (typeof value === 'number') visitNumber(value, schema, fault)
    else if (Array.isArray(value)) visitArray(value, schema, path, fault)
    else if (typeof value === 'object' && value !== null) visitObject(value, schema, path, fault)
  }

  function visitArray(value: unknown[], schema: Schema, path: Path, fault: (message: string) => void): void {
    if (schema.minItems !== undefined && value.length < schema.minItems) fault('must not be empty')
    // A list past its bound is not looked into: it could be any length.
    if (schema.maxItems !== undefined && value.length > schema.maxItems)
      return fault(`must have at most ${schema.maxItems} entries`)
    if (schema.uniqueItems && new Set(value).size < value.length) fault('must not name anything twice')
    if (schema.items) for (const [at, item] of value.entries()) visit(item, schema.items, [...path, at])
  }

  function visitObject(
    value: object,
    schema: Schema,
    path: Path,
    fault: (message: string, hint?: string) => void,
  ): void {
    const properties = schema.properties ?? {}
    const keys = Object.keys(value)
    for (const key of schema.required ?? [])
      if (!Object.hasOwn(value, key)) fault(`must have \`${key}\``, resolve(properties[key] ?? {}).description)
    if (schema.minProperties !== undefined && keys.length < schema.minProperties)
      fault(`must have one of: ${Object.keys(properties).join(', ')}`)
    if (schema.maxProperties !== undefined && keys.length > schema.maxProperties)
      fault(`must have only one of: ${Object.keys(properties).join(', ')}`)
    for (const key of keys) {
      const property = Object.hasOwn(properties, key) ? properties[key] : undefined
      if (property) visit((value as Record<string, unknown>)[key], property, [...path, key])
      else if (schema.additionalProperties === false && faults.length < MAX_FAULTS)
        faults.push({
          path: [...path, key.slice(0, 64)],
          message: 'is not known here',
          hint: nearest(key, Object.keys(properties)) ?? `known are: ${Object.keys(properties).join(', ')}`,
        })
    }
  }

  function resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema
    const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref)?.[1] ?? ''
    const target = root.$defs?.[name]
    assert(target, 'a schema refers to a definition that it does not have')
    return { ...target, description: schema.description ?? target.description }
  }
}

/** Descriptions also name rows of a requirements sheet, which whoever mends a document does not have. */
function inPlainWords(description = ''): string {
  return description.replace(/ \(law rows? [^)]*\)| Law rows are [^.]*\./g, '')
}

const TYPES = {
  object: 'a group of named values',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
} as const

function isOfType(value: unknown, type: keyof typeof TYPES): boolean {
  switch (type) {
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return Number.isFinite(value)
    default:
      return typeof value === type
  }
}

function visitString(value: string, schema: Schema, fault: (message: string, hint?: string) => void): void {
  // Code points are at most code units: only a string of doubtful length is counted.
  const short = schema.minLength !== undefined && value.length < schema.minLength * 2
  if (short && [...value].length < (schema.minLength ?? 0)) return fault('must not be empty')
  if (schema.maxLength !== undefined && value.length > schema.maxLength) {
    if (value.length > schema.maxLength * 2 || [...value].length > schema.maxLength)
      return fault(`must have at most ${schema.maxLength} characters`)
  }
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value))
    fault(schema.pattern === '\\S' ? 'must not be blank' : 'is not written as it should be')
}

function visitNumber(value: number, schema: Schema, fault: (message: string) => void): void {
  if (schema.minimum !== undefined && value < schema.minimum) fault(`must be at least ${schema.minimum}`)
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum)
    fault(`must be more than ${schema.exclusiveMinimum}`)
  if (schema.maximum !== undefined && value > schema.maximum) fault(`must be at most ${schema.maximum}`)
}

/** Says what was probably meant: the known word that differs by at most two letters. */
function nearest(word: unknown, known: readonly string[]): string | undefined {
  if (typeof word !== 'string' || word.length > 64) return undefined
  const distances = known.map(
    (candidate) =>
      [distance(word.toLowerCase().replaceAll('-', '_'), candidate.replaceAll('-', '_')), candidate] as const,
  )
  const best = distances.reduce((a, b) => (b[0] < a[0] ? b : a))
  return best[0] <= 2 ? `did you mean \`${best[1]}\`?` : undefined
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] as number) + 1,
          (next[j - 1] as number) + 1,
          (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] as number
}
