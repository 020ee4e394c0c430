import {
  appleDate,
  badPlist,
  DEEPEST,
  emptyDictionary,
  isDictionary,
  MOST_VALUES,
  type PlistDictionary,
  type PlistValue,
  put,
  Uid,
} from './value.ts'

/**
 * Turns what NSKeyedArchiver wrote into plain values: dictionaries, arrays and sets, text, data, dates, UUIDs and URLs. Any
 * other object becomes a dictionary of its fields with its class under `$class`. An object inside itself, as a child that
 * names its parent, becomes null there. Returns the root where that is all there is, else every top value by name.
 * Throws AcquisitionError DAMAGED where it is no such archive, is nested too deeply or would be too large written out.
 */
export function unarchive(plist: PlistValue): PlistValue {
  if (!isDictionary(plist) || !Array.isArray(plist.$objects) || !isDictionary(plist.$top))
    throw badPlist('it is not an archive of objects')
  const archive = new Archive(plist.$objects)
  const tops = emptyDictionary()
  for (const [name, value] of Object.entries(plist.$top)) put(tops, name, archive.resolve(value, 0).value)
  const names = Object.keys(tops)
  return names.length === 1 && names[0] === 'root' ? tops.root! : tops
}

interface Resolved {
  readonly value: PlistValue
  /** how many values it stands for once everything in it is written out */
  readonly weight: number
}

class Archive {
  readonly #objects: readonly PlistValue[]
  readonly #done = new Map<number, Resolved>()
  readonly #open = new Set<number>()

  constructor(objects: readonly PlistValue[]) {
    this.#objects = objects
  }

  resolve(value: PlistValue, depth: number): Resolved {
    if (depth > DEEPEST) throw badPlist('it is nested too deeply')
    if (value instanceof Uid) return this.#object(value.index, depth)
    if (Array.isArray(value)) return this.#list(value, depth)
    if (isDictionary(value)) return this.#fields(value, depth)
    return { value, weight: 1 }
  }

  #object(index: number, depth: number): Resolved {
    const known = this.#done.get(index)
    if (known) return known
    if (index >= this.#objects.length) throw badPlist('it names an object that is not there')
    const object = this.#objects[index]!
    if (object === '$null' || this.#open.has(index)) return { value: null, weight: 1 }
    this.#open.add(index)
    const resolved = isDictionary(object) ? this.#instance(object, depth) : this.resolve(object, depth + 1)
    this.#open.delete(index)
    this.#done.set(index, resolved)
    return resolved
  }

  #instance(object: PlistDictionary, depth: number): Resolved {
    const name = this.#className(object.$class)
    if (Array.isArray(object['NS.keys']) && Array.isArray(object['NS.objects']))
      return this.#dictionary(object['NS.keys'], object['NS.objects'], depth)
    if (Array.isArray(object['NS.objects'])) return this.#list(object['NS.objects'], depth)
    const plain = plainValue(object)
    if (plain !== undefined) return { value: plain, weight: 1 }
    if (name === 'NSURL') return this.#url(object, depth)
    return this.#fields(object, depth, name)
  }

  #dictionary(keys: readonly PlistValue[], objects: readonly PlistValue[], depth: number): Resolved {
    const dictionary = emptyDictionary()
    let weight = 1
    for (const [i, key] of keys.entries()) {
      const name = this.resolve(key, depth + 1).value
      const resolved = this.resolve(objects[i] ?? null, depth + 1)
      put(dictionary, typeof name === 'object' ? `$key${i}` : String(name), resolved.value)
      weight = heavier(weight, resolved)
    }
    return { value: dictionary, weight }
  }

  #list(items: readonly PlistValue[], depth: number): Resolved {
    const values: PlistValue[] = []
    let weight = 1
    for (const item of items) {
      const resolved = this.resolve(item, depth + 1)
      values.push(resolved.value)
      weight = heavier(weight, resolved)
    }
    return { value: values, weight }
  }

  #fields(object: PlistDictionary, depth: number, name?: string): Resolved {
    const dictionary = emptyDictionary()
    let weight = 1
    for (const [key, value] of Object.entries(object)) {
      if (key === '$class') continue
      const resolved = this.resolve(value, depth + 1)
      put(dictionary, key, resolved.value)
      weight = heavier(weight, resolved)
    }
    if (name !== undefined) put(dictionary, '$class', name)
    return { value: dictionary, weight }
  }

  #url(object: PlistDictionary, depth: number): Resolved {
    const base = object['NS.base'] ? this.resolve(object['NS.base'], depth + 1).value : null
    const relative = object['NS.relative'] ? this.resolve(object['NS.relative'], depth + 1).value : ''
    return {
      value: `${typeof base === 'string' ? base : ''}${typeof relative === 'string' ? relative : ''}`,
      weight: 1,
    }
  }

  #className(reference: PlistValue | undefined): string | undefined {
    if (!(reference instanceof Uid)) return undefined
    const description = this.#objects[reference.index]
    const name = isDictionary(description) ? description.$classname : undefined
    return typeof name === 'string' ? name : undefined
  }
}

/** Text, data, a date or a UUID, told by the one field that such objects have; undefined for anything else. */
function plainValue(object: PlistDictionary): PlistValue | undefined {
  const { 'NS.string': text, 'NS.bytes': bytes, 'NS.data': data, 'NS.time': time, 'NS.uuidbytes': uuid } = object
  if (typeof text === 'string') return text
  if (bytes instanceof Uint8Array) return Buffer.from(bytes).toString('utf8')
  if (data instanceof Uint8Array) return data
  if (typeof time === 'number') return appleDate(time)
  if (uuid instanceof Uint8Array && uuid.length === 16) {
    const hex = Buffer.from(uuid).toString('hex').toUpperCase()
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  }
  return undefined
}

function heavier(weight: number, { weight: more }: Resolved): number {
  if (weight + more > MOST_VALUES) throw badPlist('written out it would be too large')
  return weight + more
}
