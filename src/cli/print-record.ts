import type { PeelRecord } from '../records/index.ts'
import type { Terminal } from './terminal.ts'

/** Prints one record as a person reads it. */
export function printRecord(record: PeelRecord, terminal: Terminal): void {
  const when =
    record.time === undefined ? 'no time             ' : record.time.replace('T', ' ').replace(/\.\d+Z$/, 'Z')
  const head = [when, record.kind.padEnd(10), record.app.padEnd(8), whoOf(record)].join('  ')
  terminal.line(
    `${record.context ? terminal.faint(head) : head}${terminal.faint(`  [${record.clauses.join(' ')}${record.context ? ', context' : ''}]`)}`,
  )
  const body = textOf(record)
  if (body !== '') for (const line of body.split('\n')) terminal.line(`    ${printable(line)}`)
  for (const { name, media_type, taken } of record.attachments)
    terminal.line(
      `    ${terminal.faint(`${printable(name)}${media_type ? ` (${media_type})` : ''}: ${taken ? 'taken' : 'not taken'}`)}`,
    )
}

function whoOf(record: PeelRecord): string {
  const named = ({ address, name }: { address: string; name?: string }) =>
    printable(name ? `${name} <${address}>` : address)
  switch (record.kind) {
    case 'message':
    case 'call': {
      const others = record.to.map(named).join(', ')
      return record.direction === 'in'
        ? `from ${record.from ? named(record.from) : 'unknown'}${others ? ` with ${others}` : ''}`
        : `to ${others || 'unknown'}`
    }
    case 'contact':
      return printable(record.name ?? record.organisation ?? '(no name)')
    case 'media_item':
      return printable(record.name)
  }
}

function textOf(record: PeelRecord): string {
  switch (record.kind) {
    case 'message':
      if (record.reaction)
        return `(${record.reaction.removed ? 'took back ' : ''}${record.reaction.type} another message)`
      if (record.unsent) return '(taken back by the sender)'
      return [record.subject, record.body ?? (record.system ? `(${record.system})` : '')].filter(Boolean).join('\n')
    case 'call':
      return [
        record.outcome,
        record.duration_seconds === undefined ? '' : `${record.duration_seconds} s`,
        record.video ? 'video' : '',
      ]
        .filter(Boolean)
        .join(', ')
    case 'contact':
      return record.addresses.map(({ address, label, type }) => `${label ?? type}: ${address}`).join('\n')
    case 'media_item':
      return record.place ? `at ${record.place.lat}, ${record.place.lon}` : ''
  }
}

/** Text from a phone may hold what steers a terminal: shown as a mark, never sent. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}
