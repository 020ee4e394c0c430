/**
 * Messages in an Android backup: the arrays of SMS and MMS that the telephony provider writes for a backup, 1,000 to a file.
 * Knows their two forms. Does not know the container they came in.
 * Invariant: every element of an array is one record or one reported problem.
 */
import { createHash } from 'node:crypto'
import {
  AcquisitionError,
  type FileSource,
  type OpenedFile,
  type OpenFile,
  type SourceFile,
} from '../../acquisition/index.ts'
import type { Placed, Problem } from '../../records/index.ts'
import type { FileArtefact, FileReading } from '../artefact.ts'
import { Oddities } from '../oddities.ts'
import { readElements } from './elements.ts'
import { mmsMessage } from './mms.ts'
import { smsMessage } from './sms.ts'

const FILE = /(^|\/)\d{6}_(sms|mms)_backup$/

export const androidBackupSms: FileArtefact = {
  type: 'files',
  id: 'android-backup-sms',
  title: 'Messages in an Android backup (SMS, MMS)',
  yields: [{ kind: 'message', app: 'sms' }],

  locates: (path) => FILE.test(path),

  async read(file: SourceFile, source: FileSource): Promise<FileReading> {
    const problems: Problem[] = []
    const problem = (one: Problem) => void problems.push(one)
    let bytesRead = 0
    let whole: OpenedFile | undefined
    let elements: readonly unknown[] = []
    try {
      const opened = await source.open(file)
      try {
        bytesRead = opened.size
        const reading = await readElements({
          size: opened.size,
          chunks: () =>
            digested(opened, (read) => {
              whole = read
            }),
        })
        if ('damaged' in reading) problem({ code: 'file_damaged', file: file.path, detail: reading.damaged })
        else elements = reading.elements
      } finally {
        await opened.close()
      }
    } catch (error) {
      if (!(error instanceof AcquisitionError)) throw error
      problem({ code: 'file_unreadable', file: file.path, detail: error.code })
    }
    const odd = new Oddities({ path: file.path, problem, file: () => undefined })
    const read = FILE.exec(file.path)?.[2] === 'mms' ? mmsMessage : smsMessage
    const placed: Placed[] = []
    let row = 0
    for (const element of elements) {
      row += 1
      if (typeof element !== 'object' || element === null || Array.isArray(element)) {
        problem({ code: 'row_unreadable', file: file.path, detail: `element ${row} is not a message` })
        continue
      }
      const found = read(element as Readonly<Record<string, unknown>>, odd)
      placed.push({ found, provenance: { file: file.path, wal: false, row } })
    }
    return { placed, problems, bytesRead, ...(whole !== undefined && { whole }) }
  },
}

/** Passes a file's bytes on and, if they are asked for to their end, says what they were. */
async function* digested(
  file: Pick<OpenFile, 'path' | 'chunks'>,
  ended: (read: OpenedFile) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of file.chunks()) {
    hash.update(chunk)
    bytes += chunk.length
    yield chunk
  }
  ended({ path: file.path, bytes, sha256: hash.digest('hex') })
}
