import { type NameTemplate, readyTemplate, TemplateError } from './name-template.ts'
import type { Direction } from './named-call.ts'

/** More templates than any archive needs. */
const MOST = 1_000

/**
 * Reads templates as they are kept: `{"format": "peel-name-templates/1", "templates": [{"id", "template", "directions"?, "via"?}]}`.
 * `directions` says what stands for `in`, `out` and `conference`, or null where that is not known. Every one is made ready once, so that what cannot be used
 * is said at once. Throws TemplateError.
 */
export function readTemplates(text: string): NameTemplate[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw malformed('it is no JSON', cause)
  }
  if (!isObject(value) || value['format'] !== 'peel-name-templates/1' || !Array.isArray(value['templates']))
    throw malformed('its format is not peel-name-templates/1')
  if (value['templates'].length > MOST) throw malformed(`it has more than ${MOST} templates`)
  const read = value['templates'].map(templateOf)
  if (new Set(read.map(({ id }) => id)).size !== read.length) throw malformed('two templates have the same id')
  return read
}

function templateOf(value: unknown): NameTemplate {
  if (!isObject(value)) throw malformed('a template is no object')
  const { id, template, directions, via, ...more } = value
  if (Object.keys(more).length > 0) throw malformed('a template has a member that is not known')
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(id))
    throw malformed('an id is of small letters, digits and hyphens')
  if (typeof template !== 'string' || template.length > 500)
    throw malformed('a template is a text of at most 500 characters')
  if (via !== undefined && !(Array.isArray(via) && via.every((one) => typeof one === 'string' && one !== '')))
    throw malformed('via is no list of words')
  const read: NameTemplate = {
    id,
    template,
    ...(directions !== undefined && { directions: directionsOf(directions) }),
    ...(via !== undefined && { via: via as string[] }),
  }
  readyTemplate(read)
  return read
}

const MEANT: ReadonlySet<unknown> = new Set<Direction | null>(['in', 'out', 'conference', null])

function directionsOf(value: unknown): Record<string, Direction | undefined> {
  if (!isObject(value) || !Object.values(value).every((meaning) => MEANT.has(meaning)) || Object.hasOwn(value, ''))
    throw malformed('directions are in, out, conference or null')
  return Object.fromEntries(
    Object.entries(value).map(([word, meaning]) => [word, (meaning as Direction | null) ?? undefined]),
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function malformed(why: string, cause?: unknown): TemplateError {
  return new TemplateError('MALFORMED', `the templates cannot be read: ${why}`, { cause })
}
