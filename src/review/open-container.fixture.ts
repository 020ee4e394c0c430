import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { canonical, type PeelRecord, recordId } from '../records/index.ts'
import { ContainerReader, ContainerWriter } from '../vault/index.ts'
import { Catalogue } from './catalogue.ts'

/** A container of its own, and readers of it. */
export interface Sealed {
  /** where its catalogue may be kept */
  readonly file: string
  readonly manifest: string
  /** The readers are closed at the end. */
  open(): Promise<ContainerReader>
}

/** Seals records into a container of their own; `t` takes it away. */
export async function seal(t: { after(done: () => void): void }, records: readonly PeelRecord[]): Promise<Sealed> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-review-'))
  const identity = await generateX25519Identity()
  const dir = join(folder, 'x.peel')
  const writer = await ContainerWriter.create(dir, [await identityToRecipient(identity)])
  for (const record of records) await writer.addRecord(canonical(JSON.parse(JSON.stringify(record))))
  await writer.close()
  writer.finish('{}')
  const readers: ContainerReader[] = []
  t.after(() => {
    for (const reader of readers) reader.close()
    rmSync(folder, { recursive: true })
  })
  return {
    file: join(folder, 'x.catalogue'),
    manifest: '{}',
    async open() {
      const reader = await ContainerReader.open(dir, [identity])
      readers.push(reader)
      return reader
    },
  }
}

/** Seals records into a container of their own and opens it, with a catalogue in memory. */
export async function openContainer(
  t: { after(done: () => void): void },
  records: readonly PeelRecord[],
): Promise<{ catalogue: Catalogue; reader: ContainerReader }> {
  const sealed = await seal(t, records)
  const reader = await sealed.open()
  return { reader, catalogue: await Catalogue.open(reader, { manifest: sealed.manifest }) }
}

/** A message with a place of its own in an invented database. */
export function messageAt(row: number, more: Partial<Extract<PeelRecord, { kind: 'message' }>> = {}): PeelRecord {
  const provenance = { file: 'sms.db', wal: false, table: 'message', row }
  return {
    kind: 'message',
    id: recordId('message', provenance),
    app: 'sms',
    direction: 'in',
    from: { address: '+447700900123' },
    to: [],
    thread: 't1',
    time: new Date(Date.UTC(2026, 2, 7) + row * 60_000).toISOString(),
    body: `message ${row}`,
    attachments: [],
    clauses: ['C1'],
    context: false,
    provenance,
    ...more,
  }
}
