import type { SignedManifest } from '../extraction/index.ts'
import { readStatement } from '../authorisation/index.ts'
import { openEnvelope } from '../signature/index.ts'
import type { ContainerReader } from '../vault/index.ts'
import type { Check } from '../verify/index.ts'
import type { ReportDocument } from './document.ts'
import { gather } from './gather.ts'
import type { Material } from './material.ts'
import { readPictures } from './picture.ts'
import { ReportError } from './report-error.ts'
import { authorisedSection } from './sections/authorised.ts'
import { checkingSection } from './sections/checking.ts'
import { frontSection } from './sections/front.ts'
import { readSection } from './sections/read.ts'
import { recordsSection } from './sections/records.ts'
import { takenSection } from './sections/taken.ts'

/** What a report is made from. */
export interface ReportMaterial {
  readonly reader: ContainerReader
  /** as `openManifest` gave it */
  readonly manifest: SignedManifest
  /** as `verifyExtract` gave them */
  readonly checks: readonly Check[]
}

/** Says everything that a report says, before it is written as HTML or PDF. Throws ReportError and VaultError. */
export async function buildReport({ reader, manifest, checks }: ReportMaterial): Promise<ReportDocument> {
  const statement = readStatement(openEnvelope(reader.about('authorisation') ?? '{}').payload)
  if ('invalid' in statement) throw new ReportError('NO_AUTHORISATION', statement.invalid, statement.hint)
  const { authorisation } = statement
  const gathered = gather(reader, manifest)
  const pictures = await readPictures(reader, [...gathered.shown.values()].flat())
  const material: Material = {
    authorisation,
    manifest,
    checks,
    gathered,
    pictures,
    databases: new Map(manifest.files.databases.map(({ path }, at) => [path, `D${at + 1}`])),
  }
  return {
    title: `What was taken from ${authorisation.device.exhibit}`,
    running: `${authorisation.reference}, version ${authorisation.version}, exhibit ${authorisation.device.exhibit}`,
    made_ms: Date.parse(manifest.finished),
    shown: [...gathered.shown.values()].reduce((sum, records) => sum + records.length, 0),
    blocks: [
      ...frontSection(material),
      ...authorisedSection(material),
      ...readSection(material),
      ...takenSection(material),
      ...recordsSection(material),
      ...checkingSection(material),
    ],
    pictures,
  }
}
