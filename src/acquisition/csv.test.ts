import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CsvRecord, readCsv, textOf } from './csv.ts'

const read = (text: string, separator: ',' | ';' = ','): CsvRecord[] => [...readCsv(text, separator)]
const cells = (text: string) => read(text).map((record) => record.cells)

test('records are read as RFC 4180 has them: line ends of every kind, quotes, line breaks within quotes', () => {
  assert.deepEqual(cells('a,b\r\n1,2\n3,4\r5,6'), [
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
    ['5', '6'],
  ])
  assert.deepEqual(cells('"a ""b"", c",""\n,\n'), [
    ['a "b", c', ''],
    ['', ''],
  ])
  assert.deepEqual(read('\ufeffx\r\n"1\r\n2\n3",y\r\n\r\nz'), [
    { line: 1, cells: ['x'] },
    { line: 2, cells: ['1\r\n2\n3', 'y'] },
    { line: 6, cells: ['z'] },
  ])
})

test('a quote within a cell that does not begin with one is a letter', () => {
  assert.deepEqual(cells('5" nail,2'), [['5" nail', '2']])
})

test('one stray quote costs one record, which is told with its line', () => {
  assert.deepEqual(read('a,b\n1,"2\n3,4\n5,6'), [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: [], fault: 'quote_open' },
    { line: 3, cells: ['3', '4'] },
    { line: 4, cells: ['5', '6'] },
  ])
  assert.deepEqual(read('"a"b,1\n2,3'), [
    { line: 1, cells: [], fault: 'text_after_quote' },
    { line: 2, cells: ['2', '3'] },
  ])
  const long = `1,"${'x'.repeat(40_000)}"\n2,3`
  assert.deepEqual(read(long), [
    { line: 1, cells: [], fault: 'quote_open' },
    { line: 2, cells: ['2', '3'] },
  ])
})

test('what was written is read, whatever stands in the cells and however lines end', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'é', '1'), maxLength: 6 })
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 })
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom(',' as const, ';' as const),
      (table, end, by) => {
        const text = table.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(by) + end).join('')
        const found = read(text, by)
        assert.deepEqual(
          found.map((record) => record.cells),
          table,
        )
        // The line of a record is where an editor shows it.
        for (const {
          line,
          cells: [first = ''],
        } of found) {
          const from = text
            .split(/\r\n|\r|\n/)
            .slice(line - 1)
            .join('\n')
          assert.ok(from.startsWith(`"${first.replaceAll('"', '""').replace(/\r\n?/g, '\n')}"`))
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('many stray quotes cost no more than a cell each', { timeout: 20_000 }, () => {
  const text = `${'"""\n'.repeat(50_000)}"`
  assert.ok(read(text).length > 0)
})

test('a text is read as UTF-8, as UTF-16 by its mark, or else as Windows-1252', () => {
  assert.equal(textOf(Buffer.from('Zoë')), 'Zoë')
  assert.equal(textOf(Buffer.from('\ufeffZoë', 'utf16le')), 'Zoë')
  assert.equal(textOf(Buffer.from([0xfe, 0xff, 0, 0x5a])), 'Z')
  assert.equal(textOf(Buffer.from([0x5a, 0x6f, 0xeb, 0x80])), 'Zoë€')
})
