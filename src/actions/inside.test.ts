import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

/** What stands between the braces of each transaction of a file. */
function transactionsIn(code: string): string[] {
  return [...code.matchAll(/transaction\(\)\.execute\(async \(\w+\) => \{/g)].map(({ index, 0: { length } }) => {
    const from = index + length
    let [depth, at] = [1, from]
    for (; depth > 0 && at < code.length; at++) depth += code[at] === '{' ? 1 : code[at] === '}' ? -1 : 0
    return code.slice(from, at)
  })
}

test('within a transaction nothing asks the database over another connection by itself', () => {
  const files = globSync('**/*.ts', { cwd: import.meta.dirname }).filter(
    (file) => !/\.(?:test|fixture)\.ts$/.test(file),
  )
  let looked = 0
  for (const file of files)
    for (const block of transactionsIn(readFileSync(join(import.meta.dirname, file), 'utf8'))) {
      looked++
      assert.doesNotMatch(
        block,
        /\bops\.store\b|\bstore\.(?:db|pool)\b/,
        `${file}: ask the transaction, or through inside(ops, db)`,
      )
    }
  assert(looked > 60, `${looked} transactions`)
})
