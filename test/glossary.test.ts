import assert from 'node:assert/strict'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { describe, it } from 'node:test'

const root = new URL('../', import.meta.url)
const rows = readFileSync(new URL('GLOSSARY.md', root), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!Word|---)/.test(line) && !line.startsWith('|---'))
  .map((line) => line.split('|').map((cell) => cell.trim()))

describe('the glossary', () => {
  it('points only to places that are there', () => {
    assert(rows.length > 30)
    for (const [, word, , , where = ''] of rows) {
      const [, name, path] = /^`(\w+)` in `(src\/[^`]+)`$/.exec(where) ?? []
      const paths = path ? [path] : [...where.matchAll(/`(src\/[^`]+)`/g)].map(([, found]) => found as string)
      for (const one of paths) assert(existsSync(new URL(one, root)), `${word}: ${one}`)
      if (name && path && statSync(new URL(path, root)).isFile())
        assert(readFileSync(new URL(path, root), 'utf8').includes(name), `${word}: ${name}`)
    }
  })

  it('has its words in order, each once in its table', () => {
    const words = rows.map(([, word = '']) => word.toLowerCase())
    const second = words.indexOf('act')
    for (const table of [words.slice(0, second), words.slice(second)]) assert.deepEqual(table, [...table].sort())
  })
})
