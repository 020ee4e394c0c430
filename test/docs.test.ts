import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { ARTEFACTS } from '../src/artefacts/index.ts'
import { REFUSAL_CODES } from '../src/authorisation/index.ts'
import { commands } from '../src/cli/main.ts'
import { PROBLEM_CODES, RECORD_KINDS } from '../src/records/index.ts'
import { REASONS } from '../src/scope/index.ts'
import { assertPrinted, Shell } from './transcript.ts'

// What is written down is what is there, and the other way round.

const ROOT = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const documents = globSync('**/*.md', { cwd: ROOT, exclude: ['node_modules', 'out', 'data'] }).sort()
const sources = globSync(['src/**/*.ts', 'bin/*.mjs', 'scripts/*.mjs'], { cwd: ROOT }).filter(
  (path) => !/\.(test|fixture)\.ts$/.test(path),
)

/** The part of a document below a heading, up to the next of the same or a higher level. */
function section(document: string, heading: string): string {
  const text = read(document)
  const start = text.search(new RegExp(`^${heading.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm'))
  assert.notEqual(start, -1, `${document} has no ${heading}`)
  const rest = text.slice(start + heading.length)
  const level = /^#+/.exec(heading)?.[0].length ?? 1
  const end = rest.search(new RegExp(`^#{1,${level}} `, 'm'))
  return end === -1 ? rest : rest.slice(0, end)
}

/** What stands in backticks in the first cells of a table's rows. */
function named(table: string): string[] {
  return [...table.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  )
}

function same(written: readonly string[], there: readonly string[], where: string): void {
  assert.deepEqual([...written].sort(), [...there].sort(), where)
}

describe('the command line', async () => {
  const known = await commands()

  it('is written down, every command and no other', () => {
    const headings = [...read('docs/cli.md').matchAll(/^## peel (\w+)$/gm)].map(([, name = '']) => name)
    assert.deepEqual(
      headings,
      known.map(({ name }) => name),
    )
  })

  for (const { name, usage, options, words } of known)
    it(`has of peel ${name} its usage and every option, and no other`, () => {
      const text = section('docs/cli.md', `## peel ${name}`)
      assert.ok(
        text.includes(`\n\`\`\`\n${`peel ${name} ${usage}`.trimEnd()}\n\`\`\`\n`),
        'the usage is not that of the code',
      )
      const written = named(text).filter((one) => one.startsWith('--'))
      same(
        written,
        Object.keys(options).map((one) => `--${one}`),
        `peel ${name}`,
      )
      for (const [option, { required }] of Object.entries(options)) {
        const row = text.split('\n').find((line) => line.startsWith(`| \`--${option}\` |`)) ?? ''
        assert.equal(/; required\b/.test(row), required === true, `peel ${name} --${option}`)
        if (required) assert.ok(usage.includes(`--${option}`), `the usage of peel ${name} leaves out --${option}`)
      }
      for (const word of words) assert.ok(usage.includes(word.replace('…', '')), word)
      // What goes on until it is ended cannot be shown to its end.
      if (!['serve', 'work', 'backup', 'restore'].includes(name))
        assert.match(text, /```console\n\$ /, 'an example is missing')
    })

  it('prints what its examples show', () => {
    const shell = new Shell()
    symlinkSync(join(ROOT, 'docs'), join(shell.folder, 'docs'))
    try {
      for (const [, block = ''] of read('docs/cli.md').matchAll(/```console\n([\s\S]*?)```/g))
        for (const typed of block.split(/^\$ /m).slice(1)) {
          const [command = '', ...shown] = typed.trimEnd().split('\n')
          const { stdout, stderr, exit } = shell.run(command)
          assert.equal(exit, 0, `${command}\n${stderr}`)
          assertPrinted(inGeneral(stdout + stderr), inGeneral(shown.join('\n')).split('\n').filter(Boolean), command)
        }
    } finally {
      shell.close()
    }
  })

  /** Without what changes with the keys and with the sample phone: keys, digests, numbers, the room they take, empty lines. */
  function inGeneral(text: string): string {
    const lines = text
      .replace(/\b(ed25519:|age1)[A-Za-z0-9+/=]+/g, '$1')
      .replace(/\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}/g, '')
      .replace(/\b[0-9a-f]{16,64}\b/g, '')
      .replace(/\d[\d,.:]*/g, '')
      .replace(/[ \t]+/g, ' ')
      .split('\n')
      .filter((line) => line.trim() !== '')
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`
  }

  it('has every setting of the environment that the code knows, and no other', () => {
    const there = sources.flatMap((path) =>
      [...read(path).matchAll(/\b(PEEL_[A-Z_]+)\b/g)].map(([, name = '']) => name),
    )
    const written = [
      ...`${read('docs/cli.md')}${read('docs/running.md')}${read('CONTRIBUTING.md')}`.matchAll(/\bPEEL_[A-Z_]+\b/g),
    ].map(([name]) => name)
    const ofTests = globSync(['test/**/*.{ts,mjs}', 'src/**/*.test.ts', 'src/**/*.fixture.ts', 'bench/*.ts'], {
      cwd: ROOT,
    })
      .map(read)
      .join('\n')
    for (const name of new Set(there)) assert.ok(written.includes(name), `${name} is not written down`)
    for (const name of new Set(written))
      assert.ok(there.includes(name) || ofTests.includes(name), `${name} is written down, and nothing knows it`)
  })
})

describe('the formats', () => {
  it('have every problem, and no other', () => {
    const text = section('docs/formats/extract.md', '### Problems')
    same(named(text), Object.keys(PROBLEM_CODES), 'problems')
    for (const [code, means] of Object.entries(PROBLEM_CODES))
      assert.ok(text.includes(`| \`${code}\` | ${means} |`), code)
  })

  it('have every reason why a record is left, and no other', () => {
    same(named(section('docs/formats/extract.md', '### Reasons')), REASONS, 'reasons')
  })

  it('have every code of refusal, and no other', () => {
    const [, list = ''] = /^Codes of refusal: ([\s\S]*?)\n\n/m.exec(read('docs/formats/authorisation.md')) ?? []
    same(
      [...list.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
      Object.keys(REFUSAL_CODES),
      'refusals',
    )
  })

  it('have every kind that a clause may name, and no other', () => {
    const row = read('docs/formats/authorisation.md')
      .split('\n')
      .find((line) => line.startsWith('| `records` | kinds'))
    same(
      [...(row ?? '').matchAll(/`([^`]+)`/g)].map(([, kind = '']) => kind).filter((kind) => kind !== 'records'),
      RECORD_KINDS,
      'kinds',
    )
  })
})

describe('the records', () => {
  const text = read('docs/records.md')

  it('are written down, every kind and no other', () => {
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
    assert.deepEqual(headings, ['Where they come from', 'Every record', ...RECORD_KINDS])
  })

  it('have every artefact in a row, with what it gives', () => {
    const rows = [
      ...section('docs/records.md', '## Where they come from').matchAll(/^\| \[([^\]]+)\]\(([^)]+)\)(.*)$/gm),
    ]
    same(
      rows.map(([, id = '']) => id),
      ARTEFACTS.map(({ id }) => id),
      'artefacts',
    )
    for (const { id, yields } of ARTEFACTS) {
      const [, , link = '', rest = ''] = rows.find(([, one]) => one === id) ?? []
      assert.equal(link, `../src/artefacts/${id}/README.md`)
      const [, , kinds = '', apps = ''] = rest.split('|').map((cell) => cell.trim())
      same(kinds.split(', '), [...new Set(yields.map(({ kind }) => kind))], `kinds of ${id}`)
      same(apps.replaceAll('`', '').split(', '), [...new Set(yields.map(({ app }) => app))], `apps of ${id}`)
    }
  })

  it('have every field that the code has, and no other', () => {
    const shapes = read('src/records/record.ts')
    const common = [...members(shapes, 'Common'), 'id', 'kind', 'clauses', 'context', 'provenance']
    same(named(section('docs/records.md', '## Every record')), common, 'every record')
    for (const [kind, shape] of [
      ['message', 'Message'],
      ['call', 'Call'],
      ['contact', 'Contact'],
      ['media_item', 'MediaItem'],
    ] as const)
      same(named(section('docs/records.md', `## ${kind}`)), members(shapes, shape), kind)
  })

  it('say of every kind what is not read, or that nothing gives it yet', () => {
    const given = new Set<string>(ARTEFACTS.flatMap(({ yields }) => yields.map(({ kind }) => kind)))
    for (const kind of RECORD_KINDS)
      assert.match(
        section('docs/records.md', `## ${kind}`),
        given.has(kind) ? /^\*\*What is not read\.\*\*/m : /^No artefact gives these yet\./m,
        kind,
      )
  })

  /** Names of an interface's own members, of those that a record shows. */
  function members(code: string, name: string): string[] {
    const [, body = ''] = new RegExp(`^(?:export )?interface ${name}\\b.*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(code) ?? []
    return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)]
      .map(([, member = '']) => member)
      .filter((one) => one !== 'kind')
  }
})

describe('the README of every artefact', () => {
  for (const { id } of ARTEFACTS)
    it(`${id}: says where the file lies, which versions were seen, and what to look out for`, () => {
      const text = read(`src/artefacts/${id}/README.md`)
      assert.match(text, /^# \S/)
      assert.match(text, /`[^`\n]*(\/|\.\w+|_backup)[^`\n]*`/, 'no file is named')
      assert.match(text, /Versions known|\bSeen\b|files? of the tests|backup of the tests/, 'no version is named')
      assert.match(text, /^(## |\*\*)(Traps|Not read)/m, 'no traps, nor what is not read')
    })
})

describe('every document', () => {
  for (const path of documents)
    it(`${path} points only to what is there`, () => {
      for (const [, target = ''] of read(path)
        .replace(/```[\s\S]*?```/g, '')
        .matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue
        const [file = '', anchor] = target.split('#')
        const to = file === '' ? path : join(dirname(path), file)
        assert.ok(existsSync(join(ROOT, to)), `${path}: ${target}`)
        if (anchor !== undefined && !statSync(join(ROOT, to)).isDirectory())
          assert.ok(anchors(read(to)).includes(anchor), `${path}: ${target} has no such heading`)
      }
    })

  it('calls agreement agreement', () => {
    // The glossary says what the other word means.
    for (const path of documents)
      for (const line of read(path).split('\n'))
        if (/\bconsent/i.test(line)) assert.match(line, /Never called consent/, path)
  })

  it('names no place where it was written, and nobody who is not of the project', () => {
    // Words of the field that look alike: `TelephonyBackupAgent`, a "user agent", the agent in a JID.
    const PLACES = /(^|[\s`'"(=])(\/(work|tmp|root)\/|\/home\/\w)|\bregistry\.\w+\.\w+|\blocalhost:\d/
    const WORDS =
      /\b(chat ?session|(this|my|our|your|last|next) session|prompt(s|ed)?|sub-?agents?|AI agents?|assistant|LLM)\b/i
    for (const path of documents)
      for (const [at, line] of read(path).split('\n').entries()) {
        assert.doesNotMatch(line, PLACES, `${path}:${at + 1}`)
        assert.doesNotMatch(line, WORDS, `${path}:${at + 1}`)
      }
  })

  it('and no other file names a place of this machine', { skip: !existsSync(join(ROOT, '.git')) && 'no git' }, () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean)
    const wrong = files.filter((path) => {
      const local = join(ROOT, path)
      if (path === 'test/docs.test.ts' || !existsSync(local) || statSync(local).size > 1 << 20) return false
      const text = readFileSync(local, 'utf8')
      // A browser takes keys of people only on https, or on localhost.
      const words = /^test\/|\.(test|fixture)\.ts$/.test(path) ? text.replaceAll('http://localhost:', '') : text
      return /(^|[\s`'"(=])\/work\/|https?:\/\/registry\.|https?:\/\/localhost:/m.test(words)
    })
    assert.deepEqual(wrong, [])
  })
})

/** The anchors of a document's headings, as GitHub makes them. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  )
}
