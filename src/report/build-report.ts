import type { SignedManifest } from '../extraction/index.ts'
import { readStatement } from '../authorisation/index.ts'
import { openEnvelope } from '../signature/index.ts'
import type { ContainerReader } from '../vault/index.ts'
import type { Check } from '../verify/index.ts'
import type { ReportDocument } from './document.ts'
import { frontSection } from './sections/front.ts'

/** What a report is made from. */
export interface ReportMaterial {
  readonly reader: ContainerReader
  /** as `openManifest` gave it */
  readonly manifest: SignedManifest
  /** as `verifyExtract` gave them */
  readonly checks: readonly Check[]
}

/** Thrown where the container holds no authorisation that can be read. */
export class ReportError extends Error {
  override readonly name = 'ReportError'
  readonly code: 'NO_AUTHORISATION' | 'PDF_UNAVAILABLE' | 'PDF_FAILED'
  readonly hint: string

  constructor(code: ReportError['code'], message: string, hint: string) {
    super(message)
    this.code = code
    this.hint = hint
  }
}

/** Says everything that a report says, before it is written as HTML or PDF. Throws ReportError and VaultError. */
export async function buildReport({ reader, manifest, checks }: ReportMaterial): Promise<ReportDocument> {
  const statement = readStatement(openEnvelope(reader.about('authorisation') ?? '{}').payload)
  if ('invalid' in statement) throw new ReportError('NO_AUTHORISATION', statement.invalid, statement.hint)
  const { authorisation } = statement
  return {
    title: `What was taken from ${authorisation.device.exhibit}`,
    running: `${authorisation.reference}, version ${authorisation.version}, exhibit ${authorisation.device.exhibit}`,
    blocks: frontSection(authorisation, manifest, checks),
    pictures: new Map(),
  }
}
