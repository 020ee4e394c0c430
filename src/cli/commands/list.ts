import { RECORD_KINDS } from '../../records/index.ts'
import { ContainerReader } from '../../vault/index.ts'
import { type Command, type Input, text } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { readIdentityFile } from '../read-input.ts'
import { printRecord } from '../print-record.ts'

/** Prints the records of a container. */
export const list: Command = {
  name: 'list',
  usage: '<dir.peel> --identity <file> [--kind K] [--app A] [--from T] [--to T] [--ndjson] [--json]',
  summary: 'records',
  words: ['<dir.peel>'],
  options: {
    identity: { type: 'string', required: true, help: 'age identity of a recipient' },
    kind: { type: 'string', help: `only this kind: ${RECORD_KINDS.join(', ')}` },
    app: { type: 'string', help: 'only this app' },
    from: { type: 'string', help: 'only from this instant on (RFC 3339)' },
    to: { type: 'string', help: 'only before this instant (RFC 3339)' },
    ndjson: { type: 'boolean', help: 'one JSON record a line' },
    json: { type: 'boolean', help: 'the same as --ndjson' },
  },
  async run(input, terminal) {
    const kind = text(input, 'kind')
    if (kind !== undefined && !(RECORD_KINDS as readonly string[]).includes(kind))
      throw new Stop(EXIT.usage, 'there is no such kind of record', `one of: ${RECORD_KINDS.join(', ')}`)
    const reader = await ContainerReader.open(input.words[0] ?? '', readIdentityFile(text(input, 'identity') ?? ''))
    try {
      const asJson = Boolean(input.options['ndjson'] ?? input.options['json'])
      const filter = { kind, app: text(input, 'app'), fromMs: instantOf(input, 'from'), toMs: instantOf(input, 'to') }
      for (const { json } of reader.records(filter)) {
        if (asJson) terminal.line(json)
        else printRecord(JSON.parse(json), terminal)
      }
      return EXIT.done
    } finally {
      reader.close()
    }
  },
}

function instantOf(input: Input, name: string): number | undefined {
  const given = text(input, name)
  if (given === undefined) return undefined
  const ms = Date.parse(/^\d{4}-\d\d-\d\d$/.test(given) ? `${given}T00:00:00Z` : given)
  if (Number.isNaN(ms) || !/^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:\d\d))?$/.test(given))
    throw new Stop(EXIT.usage, `--${name} is not an instant`, 'write it as 2026-03-01 or 2026-03-01T18:00:00Z')
  return ms
}
