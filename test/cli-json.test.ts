import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { RECORD_KINDS } from '../src/records/index.ts'
import { REASONS } from '../src/scope/index.ts'
import { Shell } from './transcript.ts'

// The shapes that other programs rely on, member by member: what is not listed here may not be printed.

const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, strictTypes: false })
const text = { type: 'string' }
const flag = { type: 'boolean' }
const count = { type: 'integer', minimum: 0 }
const digest = { type: 'string', pattern: '^[0-9a-f]{64}$' }
const instant = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }
const kind = { enum: [...RECORD_KINDS] }
const list = (items: object) => ({ type: 'array', items })

/** An object with these members and no others; a name that ends in `?` may be absent. */
function shape(members: Record<string, object>): object {
  const named = Object.entries(members).map(([name, schema]) => [name.replace('?', ''), schema] as const)
  const required = Object.keys(members).filter((name) => !name.endsWith('?'))
  return { type: 'object', properties: Object.fromEntries(named), required, additionalProperties: false }
}

const party = shape({ address: text, 'also?': list(text), 'name?': text })
const problem = shape({ code: text, 'file?': text, detail: text })
const file = { name: text, 'media_type?': text, 'bytes?': count }
const attachment = {
  oneOf: [shape({ ...file, sha256: digest, taken: { const: true } }), shape({ ...file, taken: { const: false } })],
}

const common = {
  id: { type: 'string', pattern: '^[a-z2-7]{26}$' },
  app: text,
  'time?': instant,
  'time_raw?': text,
  'time_zone?': { enum: ['stated', 'assumed_utc'] },
  'place?': shape({ lat: { type: 'number' }, lon: { type: 'number' } }),
  attachments: list(attachment),
  clauses: { ...list(text), minItems: 1 },
  context: flag,
  provenance: shape({ file: text, wal: flag, 'table?': text, 'row?': count }),
}
const direction = { enum: ['in', 'out'] }

const RECORD = {
  oneOf: [
    shape({
      ...common,
      kind: { const: 'message' },
      direction,
      'from?': party,
      to: list(party),
      'thread?': text,
      'thread_name?': text,
      'service?': text,
      'subject?': text,
      'body?': text,
      'edits?': list(shape({ 'time?': instant, 'body?': text })),
      'unsent?': { const: true },
      'reaction?': shape({ to: text, type: text, 'emoji?': text, 'removed?': { const: true } }),
      'reply_to?': text,
      'message_id?': text,
      'system?': text,
    }),
    shape({
      ...common,
      kind: { const: 'call' },
      direction,
      'from?': party,
      to: list(party),
      'duration_seconds?': { type: 'number' },
      'outcome?': { enum: ['answered', 'missed', 'rejected', 'cancelled', 'voicemail', 'blocked', 'unanswered'] },
      'video?': { const: true },
      'service?': text,
    }),
    shape({
      ...common,
      kind: { const: 'contact' },
      'name?': text,
      'organisation?': text,
      addresses: list(shape({ address: text, type: text, 'label?': text })),
      'note?': text,
    }),
    shape({
      ...common,
      kind: { const: 'media_item' },
      name: text,
      'media_type?': text,
      'width?': count,
      'height?': count,
      'duration_seconds?': { type: 'number' },
      'camera?': text,
    }),
  ],
}

const EXTRACT = shape({
  extract: text,
  root: digest,
  files: shape({ not_opened: count, opened: count, missing: count }),
  records: {
    type: 'object',
    propertyNames: kind,
    additionalProperties: shape({
      total: count,
      taken: count,
      context: count,
      left: { type: 'object', propertyNames: { enum: [...REASONS] }, additionalProperties: count },
    }),
  },
  problems: list(problem),
  seconds: { type: 'number', minimum: 0 },
  not_asked_for: list(kind),
  clauses: { type: 'object', additionalProperties: count },
})

const CHECKS = shape({
  verified: flag,
  checks: list(shape({ name: text, result: { enum: ['passed', 'failed', 'not_checked'] }, detail: text })),
})

const INSPECT = shape({
  source: text,
  device: shape({
    'name?': text,
    'model?': text,
    'os?': { enum: ['ios', 'android'] },
    'os_version?': text,
    'serial?': text,
    'imei?': list(text),
  }),
  files: shape({ listed: count, missing: count }),
  gives: list(shape({ kind, app: text, title: text, files: count })),
  problems: list(problem),
})

const KINDS = ['ios-backup', 'ios-files', 'android-files', 'android-backup', 'ios-backup-encrypted']
const EVERYTHING = 'records: [message, call, contact, media_item], attachments: true'

describe('what is printed for other programs', () => {
  const shell = new Shell()
  before(() => {
    shell.run('peel keygen --out requester.pem > trust.txt; peel keygen --out authoriser.pem >> trust.txt')
    shell.run('peel keygen --age --out officer.txt > recipient.txt')
    // The example without its device, and with one clause for everything.
    const example = readFileSync(join(import.meta.dirname, '..', 'docs', 'examples', 'authorisation.yaml'), 'utf8')
    const everything = example
      .replace(/\n {2}serial: .*/, '')
      .replace(
        /\nscope:[\s\S]*?\nnecessity:/,
        `\nscope:\n  - { id: C1, line_of_enquiry: L1, ${EVERYTHING} }\nnecessity:`,
      )
    shell.run(`cat > everything.yaml <<'END'\n${everything}END`)
    const signed = shell.run(
      'peel authorise everything.yaml --requester requester.pem --authoriser authoriser.pem --out signed.dsse.json',
    )
    assert.equal(signed.exit, 0, signed.stderr)
  })
  after(() => shell.close())

  for (const phone of KINDS)
    it(`has one shape for ${phone}: extract, every record, verify, inspect`, () => {
      shell.run(`peel sample ${phone} ${phone}`)
      const at = phone === 'android-backup' ? `${phone}/phone.ab` : `${phone}/phone`
      const password = phone === 'ios-backup-encrypted' ? `--password-file ${phone}/password.txt` : ''
      const extract = shell.run(
        `peel extract ${at} ${password} --authorisation signed.dsse.json --trust trust.txt --recipient recipient.txt --out ${phone}.peel --json`,
      )
      assert.equal(extract.exit, 0, extract.stderr)
      // Other programs read the last line.
      const result = holds(EXTRACT, extract.stdout.trimEnd().split('\n').at(-1) ?? '') as Result
      for (const [name, { total, taken, left }] of Object.entries(result.records))
        assert.equal(total, taken + sum(Object.values(left)), name)

      const lines = shell.run(`peel list ${phone}.peel --identity officer.txt --ndjson`).stdout.trimEnd().split('\n')
      assert.equal(lines.length, sum(Object.values(result.records).map(({ taken }) => taken)))
      for (const line of lines) holds(RECORD, line)
      assert.equal(new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id)).size, lines.length)

      holds(CHECKS, shell.run(`peel verify ${phone}.peel --trust trust.txt --identity officer.txt --json`).stdout)
      holds(INSPECT, shell.run(`peel inspect ${at} ${password} --json`).stdout)
    })
})

const PACKAGE = shape({
  platform: { enum: ['android', 'ios'] },
  package: text,
  'version_name?': text,
  'version_code?': { type: ['integer', 'string'] },
  'min_sdk?': { type: ['integer', 'string'] },
  'target_sdk?': { type: ['integer', 'string'] },
  'label?': text,
  permissions: list(shape({ name: text, 'max_sdk?': count, 'sdk_23?': { const: true }, 'usage?': text })),
  components: list(
    shape({
      kind: { enum: ['activity', 'activity-alias', 'service', 'receiver', 'provider'] },
      name: text,
      exported: flag,
      'permission?': text,
      'read_permission?': text,
      'write_permission?': text,
      actions: list(text),
    }),
  ),
  flags: shape({ 'allow_backup?': flag, 'debuggable?': flag, 'cleartext?': flag }),
  queries: shape({ packages: list(text), actions: list(text), authorities: list(text) }),
  native_abis: list(text),
  signers: list(
    shape({ scheme: { enum: ['v1', 'v2', 'v3', 'v3.1', 'provisioning-profile'] }, sha256: digest, 'subject?': text }),
  ),
  trackers: list(shape({ name: text, categories: list(text), class: text })),
  'trackers_checked?': shape({ trackers: count, skipped: count, classes: count }),
  risks: list(shape({ name: text, by: { enum: ['permission', 'component', 'usage'] }, may: text })),
  call_recorder: shape({
    grade: { enum: ['A', 'B', 'C', 'none'] },
    reasons: list(shape({ code: text, detail: text })),
  }),
  splits: list(text),
  problems: list(problem),
})

describe('what is printed of an app', () => {
  const shell = new Shell()
  after(() => shell.close())

  it('has one shape', () => {
    const file = join(import.meta.dirname, '..', 'docs', 'examples', 'call-recorder.apk')
    shell.run(
      `printf '{"trackers":{"1":{"name":"T","code_signature":"net.watcher.","categories":[]}}}' > trackers.json`,
    )
    for (const more of ['', '--trackers trackers.json', `--beside ${file}`]) {
      const ran = shell.run(`peel apps inspect ${file} ${more} --json`)
      assert.equal(ran.exit, 0, ran.stderr)
      const { call_recorder: recorder } = holds(PACKAGE, ran.stdout) as { call_recorder: { grade: string } }
      assert.equal(recorder.grade, 'A')
    }
  })
})

interface Result {
  readonly records: Record<string, { total: number; taken: number; left: Record<string, number> }>
}

function holds(schema: object, printed: string): unknown {
  const value: unknown = JSON.parse(printed)
  const check = ajv.compile(schema)
  assert.ok(check(value), `${printed.slice(0, 400)}\n${JSON.stringify(check.errors, undefined, 1)}`)
  return value
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
