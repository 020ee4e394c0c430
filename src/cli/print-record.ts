import type { Message, PeelRecord } from '../records/index.ts'
import { printable, printableLine } from './printable.ts'
import type { Terminal } from './terminal.ts'

/** Prints one record as a person reads it. */
export function printRecord(record: PeelRecord, terminal: Terminal): void {
  const when =
    record.time === undefined ? 'no time             ' : record.time.replace('T', ' ').replace(/\.\d+Z$/, 'Z')
  const head = [when, record.kind.padEnd(10), printableLine(record.app).padEnd(8), whoOf(record)].join('  ')
  terminal.line(
    `${record.context ? terminal.faint(head) : head}${terminal.faint(`  [${record.clauses.join(' ')}${record.context ? ', context' : ''}]`)}`,
  )
  const body = textOf(record)
  if (body !== '') for (const line of printable(body).split('\n')) terminal.line(`    ${line}`.trimEnd())
  for (const { name, media_type, taken } of record.attachments)
    terminal.line(
      `    ${terminal.faint(`${printableLine(name)}${media_type ? ` (${media_type})` : ''}: ${taken ? 'taken' : 'not taken'}`)}`,
    )
}

function whoOf(record: PeelRecord): string {
  const named = ({ address, name }: { address: string; name?: string }) =>
    printableLine(name ? `${name} <${address}>` : address)
  switch (record.kind) {
    case 'message':
    case 'call': {
      const others = record.to.map(named).join(', ')
      if (record.direction === undefined) return `with ${others || 'unknown'}`
      return record.direction === 'in'
        ? `from ${record.from ? named(record.from) : 'unknown'}${others ? ` with ${others}` : ''}`
        : `to ${others || 'unknown'}`
    }
    case 'contact':
      return printableLine(record.name ?? record.organisation ?? '(no name)')
    case 'media_item':
      return printableLine(record.name)
  }
}

function textOf(record: PeelRecord): string {
  switch (record.kind) {
    case 'message':
      if (record.reaction) return reactionOf(record.reaction)
      if (record.unsent) return '(taken back by the sender)'
      return [record.subject, record.body ?? (record.system ? `(${record.system})` : '')].filter(Boolean).join('\n')
    case 'call':
      return [
        record.outcome,
        record.duration_seconds ? `${record.duration_seconds.toLocaleString('en-GB')} s` : '',
        record.video ? 'video' : '',
      ]
        .filter(Boolean)
        .join(', ')
    case 'contact':
      return [
        record.name === undefined ? undefined : record.organisation,
        ...record.addresses.map(({ address, label, type }) => printableLine(`${label ?? type}: ${address}`)),
        record.note && `note: ${record.note}`,
      ]
        .filter(Boolean)
        .join('\n')
    case 'media_item':
      // Six decimals are a tenth of a metre; the record itself has all of them.
      return record.place ? `at ${record.place.lat.toFixed(6)}, ${record.place.lon.toFixed(6)}` : ''
  }
}

function reactionOf({ type, emoji, removed }: NonNullable<Message['reaction']>): string {
  return `(reaction to another message${removed ? ', taken back' : ''}: ${emoji ?? type})`
}
