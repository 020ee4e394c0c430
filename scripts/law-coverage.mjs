// Writes docs/law-coverage.md: for each row of the requirements (test/law-rows.json) the tests that are named after it and the places that say that
// they enforce it; where there is no test, why. Usage: node scripts/law-coverage.mjs [--check]
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const FILE = 'docs/law-coverage.md'
const ID = '(?:[A-H]\\d{1,2}|C-LOG)'
const LIST = `${ID}(?:(?:,? and |, | to )${ID})*`

const parts = JSON.parse(readFileSync(join(root, 'test/law-rows.json'), 'utf8'))
const known = new Set(parts.flatMap(({ rows }) => rows.map(({ id }) => id)))
const read = (path) => readFileSync(join(root, path), 'utf8')

/** Ids of a list such as `B11 to B13, C8 and H14`. */
function idsOf(list) {
  return list.split(/,? and |, /).flatMap((one) => {
    const [, letter, from, last, to] = /^([A-H])(\d+) to ([A-H])(\d+)$/.exec(one) ?? []
    if (letter === undefined || letter !== last) return [one]
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => `${letter}${Number(from) + at}`)
  })
}

function collect(paths, pattern) {
  const found = new Map()
  for (const path of paths)
    for (const [, list = '', says = ''] of read(path).matchAll(pattern))
      for (const id of idsOf(list)) {
        const one = found.get(id) ?? new Map()
        one.set(path, [...(one.get(path) ?? []), says])
        found.set(id, one)
      }
  return found
}

const files = globSync(['src/**/*.ts', 'test/**/*.ts'], { cwd: root }).sort()
const isTest = (path) => path.endsWith('.test.ts')
// A test is named after the rows that it holds: `B16: the notice is not served while a part is empty`.
const tests = collect(files.filter(isTest), new RegExp(`\\b(?:test|it)\\(\\s*['"\`](${LIST}): ([^\\n]*?)['"\`],`, 'g'))
const places = collect(
  files.filter((path) => path.startsWith('src/') && !isTest(path) && !path.endsWith('.fixture.ts')),
  new RegExp(`(?:law rows? |\\blaw: ')(${LIST})`, 'g'),
)

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\\\\', '\\')
const short = (path) => path.replace(/^src\//, '')

function testsOf(id) {
  return [...(tests.get(id) ?? [])].flatMap(([path, names]) =>
    names.map((name) => `${cell(name)} ([${short(path)}](../${path}))`),
  )
}

function line({ id, title, source, without }) {
  const named = testsOf(id)
  const held =
    named.length > 0 ? named.join('<br>') : without ? `**${without.is}**: ${cell(without.why)}` : '**missing**'
  const where = [...(places.get(id)?.keys() ?? [])].map((path) => `[${short(path)}](../${path})`).join('<br>')
  return `| ${id} | ${cell(title)} | ${cell(source)} | ${held} | ${where} |`
}

const rows = parts.flatMap(({ rows: all }) => all)
const tested = rows.filter(({ id }) => testsOf(id).length > 0)
const count = (word) => rows.filter(({ id, without }) => testsOf(id).length === 0 && without?.is === word).length
const text = `# What of the law is held by tests

Made by \`node scripts/law-coverage.mjs\` from the names of the tests and from what the code says that it enforces; the rows are those of
[test/law-rows.json](../test/law-rows.json). A row is a requirement in our words and no legal advice; a test that is named after it holds what Peel does about it, which may be a part.

${rows.length} rows: ${tested.length} with tests, ${count('not yet')} not yet, ${count('not ours')} not ours.

${parts.map(({ part, title, rows: all }) => `## ${part}. ${title}\n\n| row | what | source | tests | enforced in |\n|---|---|---|---|---|\n${all.map(line).join('\n')}\n`).join('\n')}`

const missing = rows.filter(({ id, without }) => testsOf(id).length === 0 && without === undefined).map(({ id }) => id)
if (missing.length > 0) console.error(`neither a test nor a reason: ${missing.join(', ')}`)
const unknown = [...tests.keys()].filter((id) => /^[BCG]/.test(id) && !known.has(id))
if (unknown.length > 0) console.error(`tests name rows that there are not: ${unknown.join(', ')}`)
if (process.argv.includes('--check')) {
  const is = readFileSync(join(root, FILE), { encoding: 'utf8', flag: 'a+' })
  if (is !== text) console.error(`${FILE} is not what the tests say: run node scripts/law-coverage.mjs`)
  process.exitCode = is === text && missing.length + unknown.length === 0 ? 0 : 1
} else {
  writeFileSync(join(root, FILE), text)
  process.exitCode = missing.length + unknown.length === 0 ? 0 : 1
}
