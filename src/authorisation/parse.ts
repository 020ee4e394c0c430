import { createRequire } from 'node:module'
import type { Document, LineCounter, ParsedNode } from 'yaml'
import type { Authorisation } from './authorisation.ts'
import { breachesOf, type RuleOptions } from './rules.ts'
import schemaDocument from './schema.json' with { type: 'json' }
import { type Fault, faultsOf, type Path, type Schema } from './schema.ts'

/** The published JSON Schema of `peel-authorisation/1`. */
export const AUTHORISATION_SCHEMA = schemaDocument as unknown as Schema

/** What is wrong with a document. Says where, and never repeats what stands there. */
export interface AuthorisationProblem {
  /** `scope[0].between.from`; empty for the document as a whole */
  readonly path: string
  /** from 1, where the document has lines */
  readonly line?: number
  readonly message: string
  readonly hint: string
  /** `SAME_PERSON` where one person is to act in both roles: a refusal, not a slip of the pen */
  readonly code?: 'SAME_PERSON'
}

export type ParsedAuthorisation =
  | { readonly authorisation: Authorisation; readonly problems?: undefined }
  | { readonly authorisation?: undefined; readonly problems: readonly AuthorisationProblem[] }

export interface ParseOptions extends RuleOptions {
  /** absent = YAML, of which JSON is a part */
  readonly format?: 'yaml' | 'json'
}

/** A long authorisation has some hundred lines; this is far beyond it and still parsed at once. */
const MAX_CHARACTERS = 1 << 18

/**
 * Reads an authorisation from YAML (core schema, one document, no anchors, aliases or tags, no key twice) or JSON, and
 * checks it against the schema and the rules. Never throws on what a document says.
 */
export function parseAuthorisation(text: string, options: ParseOptions = {}): ParsedAuthorisation {
  if (text.length > MAX_CHARACTERS)
    return whole('is too long', `an authorisation has at most ${MAX_CHARACTERS} characters`)
  if (options.format === 'json') {
    try {
      JSON.parse(text)
    } catch {
      return whole('is not JSON', 'check commas, quotes and brackets')
    }
  }
  try {
    return parseYaml(text, options)
  } catch (error) {
    // The library descends level by level: only a document that is nothing but levels exhausts the stack.
    if (error instanceof RangeError) return whole('is nested too deeply', 'an authorisation has few levels')
    throw error
  }
}

function parseYaml(text: string, options: ParseOptions): ParsedAuthorisation {
  const yaml = loadYaml()
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(text, {
    version: '1.2',
    schema: 'core',
    merge: false,
    // Looked for below: the library compares every key with every other.
    uniqueKeys: false,
    strict: true,
    stringKeys: true,
    prettyErrors: false,
    // Not `silent`: that would also pass over a second document.
    logLevel: 'error',
    lineCounter: lines,
  })
  const at = (offset: number, message: string, hint: string): ParsedAuthorisation => ({
    problems: [{ path: '', line: lines.linePos(offset).line, message: `the document ${message}`, hint }],
  })
  const found = document.errors[0] ?? document.warnings[0]
  if (found?.code === 'MULTIPLE_DOCS')
    return at(found.pos[0], 'holds more than one document', 'one file is one authorisation')
  if (found) return at(found.pos[0], 'is not YAML', 'check indentation, colons and quotes at this line')
  const refused = firstRefused(document, yaml)
  if (refused?.why === 'shared')
    return at(refused.offset, 'has an anchor, alias or tag', 'write every value out where it belongs')
  if (refused)
    return at(refused.offset, 'names a key twice', 'give every key once: which of two holds would be a guess')
  const checked = checkDocument(document.toJS({ maxAliasCount: 0 }), options)
  if (checked.authorisation) return checked
  return { problems: checked.faults.map((fault) => located(fault, document, lines)) }
}

/** Finds the first thing that is YAML and may not stand in an authorisation: a text must read as it is, without looking elsewhere. */
function firstRefused(
  document: Document.Parsed,
  { visit, isAlias, isMap, isScalar }: Yaml,
): { offset: number; why: 'shared' | 'key_twice' } | undefined {
  let refused: { offset: number; why: 'shared' | 'key_twice' } | undefined
  visit(document, {
    Node(_, node) {
      const { anchor, tag } = node as { anchor?: string; tag?: string }
      if (isAlias(node) || anchor !== undefined || (tag !== undefined && !tag.startsWith(CORE_TAGS))) {
        refused = { offset: node.range?.[0] ?? 0, why: 'shared' }
        return visit.BREAK
      }
      const names = new Set<unknown>()
      for (const { key } of isMap(node) ? node.items : []) {
        const name = isScalar(key) ? String(key.value) : ''
        if (names.has(name)) {
          refused = { offset: (key as ParsedNode).range?.[0] ?? 0, why: 'key_twice' }
          return visit.BREAK
        }
        names.add(name)
      }
      return undefined
    },
  })
  return refused
}

const CORE_TAGS = 'tag:yaml.org,2002:'
type Yaml = typeof import('yaml')

/** Checks a value that was read from somewhere else. Used alike for documents and for statements. */
export function checkDocument(
  value: unknown,
  options: RuleOptions = {},
): { authorisation: Authorisation; faults?: undefined } | { authorisation?: undefined; faults: readonly Fault[] } {
  const faults = faultsOf(value, AUTHORISATION_SCHEMA)
  if (faults.length > 0) return { faults }
  const authorisation = value as Authorisation
  const breaches = [...unreadableText(authorisation), ...breachesOf(authorisation, options)]
  return breaches.length > 0 ? { faults: breaches } : { authorisation }
}

/** Writes a path as people do: `scope[0].between.from`. */
export function writePath(path: Path): string {
  return path.map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`)).join('')
}

function whole(message: string, hint: string): ParsedAuthorisation {
  return { problems: [{ path: '', message: `the document ${message}`, hint }] }
}

/** The library is loaded when a document is read: what only checks signed statements starts without it. */
function loadYaml(): Yaml {
  return createRequire(import.meta.url)('yaml')
}

function located(fault: Fault, document: Document.Parsed, lines: LineCounter): AuthorisationProblem {
  let line: number | undefined
  for (let length = fault.path.length; length >= 0 && line === undefined; length--) {
    const node = length === 0 ? document.contents : document.getIn(fault.path.slice(0, length), true)
    const range = (node as ParsedNode | null | undefined)?.range
    if (range) line = lines.linePos(range[0]).line
  }
  return { ...fault, path: writePath(fault.path), line }
}

// Characters that make a text read otherwise than it is stored: controls, and those that turn the direction of writing.
const TREACHEROUS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/

function unreadableText(value: unknown, path: Path = []): Fault[] {
  if (typeof value === 'string') {
    if (value.isWellFormed() && !TREACHEROUS.test(value)) return []
    return [
      {
        path,
        message: 'holds characters that cannot be seen',
        hint: 'two people sign what they read: type the text anew without control characters',
      },
    ]
  }
  if (typeof value !== 'object' || value === null) return []
  return Array.isArray(value)
    ? value.flatMap((item, at) => unreadableText(item, [...path, at]))
    : Object.entries(value).flatMap(([key, item]) => unreadableText(item, [...path, key]))
}
