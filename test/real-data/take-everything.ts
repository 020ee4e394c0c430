import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { openSource } from '../../src/acquisition/index.ts'
import type { ExtractResult } from '../../src/extraction/index.ts'
import type { PeelRecord } from '../../src/records/index.ts'
import { ContainerReader } from '../../src/vault/index.ts'
import { extractWith, grantFor } from '../extract-with.ts'

const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)

/** What came out of a container after everything in a source was asked for. */
export interface Everything {
  readonly result: ExtractResult
  /** without what only an extraction knows: id and clauses */
  readonly records: readonly PeelRecord[]
}

/** The whole path: source, extraction, container, records. `place` is what a user would give. */
export async function takeEverything(place: string, password?: string): Promise<Everything> {
  const scratch = mkdtempSync(join(tmpdir(), 'peel-real-'))
  try {
    const source = await openSource(place, password === undefined ? {} : { password })
    try {
      const out = join(scratch, 'all.peel')
      const scope = [{ id: 'C1', records: ['message', 'call', 'contact', 'media_item'], attachments: true }]
      const result = await extractWith({ source, grant: grantFor(scope), recipient, out })
      const reader = await ContainerReader.open(out, [identity])
      try {
        return { result, records: [...reader.records()].map(({ json }) => JSON.parse(json) as PeelRecord) }
      } finally {
        reader.close()
      }
    } finally {
      await source.close()
    }
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

/** A record as the phone has it: without id, clauses, context and the file it stood in, which depends on what was given. */
export function asFound({ id: _id, clauses: _clauses, context: _context, provenance, ...found }: PeelRecord) {
  return { ...found, at: `${provenance.table ?? 'file'} ${provenance.row ?? ''}`.trim() }
}
