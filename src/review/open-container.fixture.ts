import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { canonical, type PeelRecord, recordId } from '../records/index.ts'
import { ContainerReader, ContainerWriter } from '../vault/index.ts'
import { Catalogue } from './catalogue.ts'

/** Seals records into a container of their own and opens it; `t` takes it away. */
export async function openContainer(
  t: { after(done: () => void): void },
  records: readonly PeelRecord[],
): Promise<{ catalogue: Catalogue; reader: ContainerReader }> {
  const folder = mkdtempSync(join(tmpdir(), 'peel-review-'))
  const identity = await generateX25519Identity()
  const dir = join(folder, 'x.peel')
  const writer = await ContainerWriter.create(dir, [await identityToRecipient(identity)])
  for (const record of records) await writer.addRecord(canonical(JSON.parse(JSON.stringify(record))))
  await writer.close()
  writer.finish('{}')
  const reader = await ContainerReader.open(dir, [identity])
  t.after(() => {
    reader.close()
    rmSync(folder, { recursive: true })
  })
  return { reader, catalogue: await Catalogue.of(reader) }
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
