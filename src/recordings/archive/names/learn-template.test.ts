import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Part, partsFor, templateOf, withDirections } from './learn-template.ts'
import { commonWords, maskedName, maskedTokens } from './masked-name.ts'
import { readyLearnt } from './name-template.ts'
import { shapeOf, tokensOf } from './name-tokens.ts'
import { DirectionWords } from './direction-words.ts'
import { TemplateTrial } from './try-template.ts'

/** Marks the runs of a name that begin with the texts that are given. */
function marked(stem: string, marks: Readonly<Record<string, Part>>, cuts: readonly number[] = []) {
  const tokens = maskedTokens(stem, { cuts })
  return templateOf(
    tokens,
    tokens.map(({ text }) => (Object.hasOwn(marks, text) ? marks[text] : undefined)),
  )
}

test('E14: a name is marked part by part, and others of its kind are read by it', () => {
  const made = marked('07700900123-04032019 18.22 E', {
    '07700900123': 'number',
    '04032019': 'dmy',
    '18': 'hour',
    '22': 'minute',
    E: 'direction',
  })
  assert.deepEqual(made, { template: '{number}-{DD}{MM}{YYYY} {HH}.{mm} {direction}' })
  assert('template' in made)
  const words = new DirectionWords(made.template)
  for (const way of ['E', 'S', 'E']) words.add(`ACRCalls/07700900456-05032019 09.01 ${way}.3gp`)
  assert.deepEqual(words.words, [
    ['E', 2],
    ['S', 1],
  ])
  const template = withDirections('learnt-1', made.template, { E: 'in', S: null })
  const call = readyLearnt(template).read('+447700900456-05032019 09.01 E', '')
  assert.deepEqual(
    [call?.numbers, call?.direction, call?.started?.at],
    [['+447700900456'], 'in', [Date.UTC(2019, 2, 5, 9, 1)]],
  )
  assert.equal(readyLearnt(template).read('07700900456-31022019 09.01 E', ''), undefined)
})

test('a run without anything between its parts is cut by hand, and parts that are marked alike are one', () => {
  assert.deepEqual(
    marked(
      'Sam Smith 0770090012320190304',
      { Sam: 'contact', Smith: 'contact', '07700900123': 'number', '20190304': 'ymd' },
      [21],
    ),
    { template: '{contact} {number}{YYYY}{MM}{DD}' },
  )
  assert.deepEqual(marked('+44 7700 900123 x', { '44': 'who', '7700': 'who', '900123': 'who', x: 'any' }), {
    template: '{who} {any}',
  })
})

test('what is marked in a way that no name can be read by is refused with a reason', () => {
  const says = (stem: string, marks: Readonly<Record<string, Part>>) => {
    const made = marked(stem, marks)
    return 'faults' in made ? made.faults.map((fault) => fault.says) : []
  }
  assert.deepEqual(says('07700900123 Sam', {}), ['Select what this part is', 'Select what this part is'])
  assert.deepEqual(says('0 1', {}), ['Mark at least one part'])
  assert.deepEqual(says('04.03 x', { '04': 'day', '03': 'month' }), [
    'Mark day, month and year: a part of a date tells no day',
  ])
  assert.deepEqual(says('18.22 x', { x: 'any' }), ['Mark the number, or when the call was'])
  assert.deepEqual(says('04 04 2019', { '04': 'day', '2019': 'year' }), [
    'Mark each thing once: two parts of this name are the same',
    'Mark day, month and year: a part of a date tells no day',
  ])
  assert.deepEqual(says('Sam+Kit', { Sam: 'contact', Kit: 'who' }), [
    'Two parts that can hold any text need something between them',
  ])
  assert.deepEqual(says('Sam', { Sam: 'number' }), ['This part cannot be that'])
})

test('what may be somebody’s never stands in a template as itself', () => {
  const name = fc.array(
    fc.oneof(
      fc.constantFrom(
        '07700900123',
        '+447700900456',
        'Sam',
        'Smith',
        '20190304',
        '1822',
        '-',
        ' ',
        '_',
        'call',
        '020 7946 0000',
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  const parts = fc.array(fc.constantFrom<Part | undefined>('number', 'who', 'contact', 'any', 'ymd', 'hm', undefined), {
    minLength: 30,
    maxLength: 30,
  })
  fc.assert(
    fc.property(name, parts, (pieces, marks) => {
      const made = templateOf(maskedTokens(pieces.join('')), marks)
      if ('template' in made) assert.doesNotMatch(made.template, /7700|7946|90012|Sam|Smith/)
    }),
    { numRuns: 2_000 },
  )
})

test('E13: of a number and of a name only the shape is shown, of a time all', () => {
  assert.equal(maskedName('07700900123-04032019 18.22 E'), '07•••••••••-04032019 18.22 E')
  assert.equal(maskedName('Sam Ó Smith +44 7700 900123 in'), 'Aaa Ó Aaaaa +44 77•• 90•••• in')
  assert.equal(maskedName('020 7946 0000_170304182207'), '02• 79•• 00••_170304182207')
  for (const number of [
    '447700900123',
    '00447700900123',
    '441223101112',
    '00441223101112',
    '7700900123',
    '02079460000',
  ])
    assert.match(maskedName(number), /^\d\d•+$/, number)
  // A number that is cut does not come apart into runs that look like times.
  assert.deepEqual(
    maskedTokens('0770090012320190304', { cuts: [4, 11] }).map(({ shown }) => shown),
    ['07••', '•••••••', '••••••••'],
  )
})

test('a word is shown where so many phones have it that it is nobody’s', () => {
  const names = ['a', 'b', 'c'].flatMap((device) => [
    { device, stem: 'Grabación Sam 07700900123' },
    { device: 'a', stem: 'Kit 07700900456' },
  ])
  const common = commonWords(names)
  assert.deepEqual([...common], ['Grabación', 'Sam'])
  assert.equal(maskedName('Grabación Kit', common), 'Grabación Aaa')
  assert.equal(shapeOf('Grabación Kit 07700900123'), 'a 99999999999')
})

test('tokens joined are the name, however it is cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat({ max: 30 })), (stem, cuts) => {
      const tokens = tokensOf(stem, cuts)
      assert.equal(tokens.map(({ text }) => text).join(''), stem)
      for (const { at, text } of tokens) assert.equal(stem.slice(at, at + text.length), text)
      for (const token of tokens) assert(partsFor(token).length > 0 || token.kind === 'between')
    }),
  )
})

// Every way in which a name can be taken apart by a template, found by trying them all.
const FORMS: Readonly<Record<string, (text: string) => boolean>> = {
  number: (text) => /^(?:\+?\d{3,15}(?:, ?\+?\d{3,15})*|null|-1|-2)$/.test(text),
  contact: (text) => text.length > 0,
  any: () => true,
  sim: (text) => /^\d$/.test(text),
  direction: (text) => ['in', 'i', 'n', 'inn'].includes(text),
}
function ways(parts: readonly string[], text: string): Record<string, string>[] {
  const [part, ...rest] = parts
  if (part === undefined) return text === '' ? [{}] : []
  const form = FORMS[part]
  if (form === undefined) return text.startsWith(part) ? ways(rest, text.slice(part.length)) : []
  return Array.from({ length: text.length + 1 }, (_, end) => text.slice(0, end))
    .filter(form)
    .flatMap((found) => ways(rest, text.slice(found.length)).map((more) => ({ ...more, [part]: found })))
}

test('a template that was learnt reads no name in two ways: it reads one that has one way, and no other', () => {
  const parts = fc
    .uniqueArray(fc.constantFrom('number', 'contact', 'any', 'sim', 'direction'), { minLength: 1, maxLength: 4 })
    .chain((fields) =>
      fc
        .array(fc.constantFrom('', ' ', '-', '1'), { minLength: fields.length, maxLength: fields.length })
        .map((between) => fields.flatMap((field, at) => [field, between[at] as string])),
    )
  const stem = fc
    .array(fc.constantFrom('077009', '12', '1', ' ', '-', ', ', 'in', 'n', 'null', '+'), { minLength: 1, maxLength: 7 })
    .map((all) => all.join(''))
  const seen = { none: 0, one: 0, several: 0 }
  fc.assert(
    fc.property(parts, stem, (all, name) => {
      const template = all.map((part) => (Object.hasOwn(FORMS, part) ? `{${part}}` : part)).join('')
      const directions = { in: 'in', i: 'in', n: 'out', inn: 'out' } as const
      const found = readyLearnt({ id: 'x', template, directions }).read(name, '')
      const possible = ways(all, name)
      seen[possible.length === 0 ? 'none' : possible.length === 1 ? 'one' : 'several']++
      assert.equal(found !== undefined, possible.length === 1, `${template} ${name}`)
      const [way] = possible
      if (found !== undefined && way?.['number'] !== undefined && /\d{3}/.test(way['number']))
        assert.deepEqual(found.numbers, way['number'].split(/, ?/))
      if (found !== undefined && way?.['direction'] !== undefined)
        assert.equal(found.direction, directions[way['direction'] as keyof typeof directions])
    }),
    { numRuns: 20_000, seed: 1 },
  )
  assert(seen.one > 200 && seen.several > 80, JSON.stringify(seen))
})

test('E14: a trial says how many names are read, and how many said something else before', () => {
  const trial = new TemplateTrial({ id: 'learnt-1', template: '{number}-{DD}{MM}{YYYY}' }, 2)
  trial.add('a/07700900123-04032019.3gp', undefined)
  trial.add('a/07700900123-04032019.3gp', { recorder: 'acr-legacy', numbers: ['07700900123'] })
  trial.add('a/07700900123-04032019.3gp', { recorder: 'other', numbers: ['07700900999'] })
  trial.add('a/07700900123 x.3gp', undefined)
  trial.add('a/notes.txt', undefined)
  assert.deepEqual([trial.of, trial.read, trial.otherwise, trial.examples.length], [5, 3, 1, 2])
})
