import { parseInstant, readStatement } from '../../authorisation/index.ts'
import { type PeelRecord, RECORD_KINDS } from '../../records/index.ts'
import { type ReadyClause, readyScope } from '../../scope/index.ts'
import { openEnvelope } from '../../signature/index.ts'
import { ContainerReader } from '../../vault/index.ts'
import { type Command, type Input, text } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { containerAt, readIdentityFile } from '../read-input.ts'
import { explanationOf, printExplanation } from '../print-explanation.ts'
import { printRecord } from '../print-record.ts'

/** Prints the records of a container. */
export const list: Command = {
  name: 'list',
  usage: '<dir.peel> --identity <file> [--kind K] [--app A] [--from T] [--to T] [--explain] [--ndjson] [--json]',
  summary: 'records, in the order in which they stood in the source',
  words: ['<dir.peel>'],
  options: {
    identity: { type: 'string', required: true, help: 'age identity of a recipient' },
    kind: { type: 'string', help: `only this kind: ${RECORD_KINDS.join(', ')}` },
    app: { type: 'string', help: 'only this app' },
    from: { type: 'string', help: 'only from this instant on (RFC 3339)' },
    to: { type: 'string', help: 'only before this instant (RFC 3339)' },
    explain: { type: 'boolean', help: 'with each record: which clause admits it, and why each other does not' },
    ndjson: { type: 'boolean', help: 'one JSON record a line' },
    json: { type: 'boolean', help: 'the same as --ndjson' },
  },
  async run(input, terminal) {
    const kind = text(input, 'kind')
    if (kind !== undefined && !(RECORD_KINDS as readonly string[]).includes(kind))
      throw new Stop(EXIT.usage, 'there is no such kind of record', `one of: ${RECORD_KINDS.join(', ')}`)
    const filter = { kind, app: text(input, 'app'), fromMs: instantOf(input, 'from'), toMs: instantOf(input, 'to') }
    const reader = await ContainerReader.open(
      containerAt(input.words[0] ?? ''),
      readIdentityFile(text(input, 'identity') ?? ''),
    )
    try {
      const asJson = Boolean(input.options['ndjson'] ?? input.options['json'])
      const scope = input.options['explain'] ? scopeOf(reader) : undefined
      let listed = 0
      for (const { json } of reader.records(filter)) {
        listed++
        if (asJson && scope === undefined) {
          terminal.line(json)
          continue
        }
        const record = JSON.parse(json) as PeelRecord
        if (asJson && scope) terminal.json({ ...record, explanation: explanationOf(record, scope) })
        else printRecord(record, terminal)
        if (scope && !asJson) printExplanation(record, scope, terminal)
      }
      if (!asJson) terminal.note(`${listed.toLocaleString('en-GB')} ${listed === 1 ? 'record' : 'records'}`)
      return EXIT.done
    } finally {
      reader.close()
    }
  },
}

/** The scope that was authorised, from the authorisation inside. */
function scopeOf(reader: ContainerReader): ReadyClause[] {
  const envelope = reader.about('authorisation')
  const statement = envelope === undefined ? undefined : readStatement(openEnvelope(envelope).payload)
  if (statement === undefined || 'invalid' in statement)
    throw new Stop(EXIT.failed, 'the authorisation inside cannot be read', 'run `peel verify` to see what was altered')
  return readyScope(statement.authorisation.scope)
}

function instantOf(input: Input, name: string): number | undefined {
  const given = text(input, name)
  if (given === undefined) return undefined
  const ms = parseInstant(/^\d{4}-\d\d-\d\d$/.test(given) ? `${given}T00:00:00Z` : given)
  if (ms === undefined)
    throw new Stop(EXIT.usage, `--${name} is not an instant`, 'write it as 2026-03-01 or 2026-03-01T18:00:00Z')
  return ms
}
