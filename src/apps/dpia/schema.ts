import assert from 'node:assert/strict'

/**
 * A reader of JSON Schema 2020-12, as far as this room's own schema goes. Authorisations have one with hints, in a room that
 * must not be known here. The tests hold it equal to a general validator.
 */
export interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly description?: string
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean'
  readonly const?: string
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: false
  readonly items?: Schema
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
}

/** What is wrong first, as `risks[0].severity must be one of: …`; undefined where nothing is. Never holds the value itself. */
export function faultOf(value: unknown, root: Schema): string | undefined {
  return visit(value, root, '')

  function visit(value: unknown, given: Schema, path: string): string | undefined {
    const schema = resolve(given)
    const at = path === '' ? 'the document' : path
    if (schema.const !== undefined) return value === schema.const ? undefined : `${at} must be ${schema.const}`
    if (schema.enum)
      return schema.enum.includes(value as string) ? undefined : `${at} must be one of: ${schema.enum.join(', ')}`
    switch (schema.type) {
      case 'string':
        return typeof value === 'string' ? text(value, schema, at) : `${at} must be text`
      case 'integer':
        if (!Number.isInteger(value)) return `${at} must be a whole number`
        return (value as number) < (schema.minimum ?? -Infinity) || (value as number) > (schema.maximum ?? Infinity)
          ? `${at} is out of range`
          : undefined
      case 'boolean':
        return typeof value === 'boolean' ? undefined : `${at} must be true or false`
      case 'array':
        return Array.isArray(value) ? list(value, schema, path, at) : `${at} must be a list`
      default:
        return typeof value === 'object' && value !== null && !Array.isArray(value)
          ? members(value, schema, path, at)
          : `${at} must be a group of named values`
    }
  }

  function list(values: readonly unknown[], schema: Schema, path: string, at: string): string | undefined {
    // A list past its bound is not looked into: it could be any length.
    if (values.length > (schema.maxItems ?? Infinity)) return `${at} must have at most ${schema.maxItems} entries`
    for (const [index, value] of values.entries()) {
      const fault = visit(value, schema.items ?? {}, `${path}[${index}]`)
      if (fault !== undefined) return fault
    }
    return undefined
  }

  function members(value: object, schema: Schema, path: string, at: string): string | undefined {
    const lacking = schema.required?.find((name) => !Object.hasOwn(value, name))
    if (lacking !== undefined) return `${at} must have \`${lacking}\``
    for (const [name, inner] of Object.entries(value)) {
      const property = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined
      if (property === undefined) return `${at} has a member that is not known here`
      const fault = visit(inner, property, path === '' ? name : `${path}.${name}`)
      if (fault !== undefined) return fault
    }
    return undefined
  }

  function resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema
    const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')]
    assert(target, 'a schema refers to a definition that it does not have')
    return target
  }
}

function text(value: string, { minLength = 0, maxLength = Infinity, pattern }: Schema, at: string): string | undefined {
  // Code points are at most code units: only a string of doubtful length is counted.
  if (value.length > maxLength && (value.length > maxLength * 2 || [...value].length > maxLength))
    return `${at} must have at most ${maxLength} characters`
  if (value.length < minLength) return `${at} must not be empty`
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return `${at} is not written as it should be`
  return undefined
}
