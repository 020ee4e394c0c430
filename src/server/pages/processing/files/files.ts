import { type ProcessingRecord, readProcessingRecord } from '../../../../actions/index.ts'
import { csv } from '../../../csv.ts'
import { PATHS } from '../../../paths.ts'
import type { Answer, Route } from '../../../route.ts'
import { MISSING, recordParts } from '../record-parts.ts'
import { recordPdf } from './record-pdf.ts'

/** The record as files, to be given to the Commissioner on request (DPA 2018 s.61(5); law row C22). */
export const filesRoutes: readonly Route[] = [
  file(PATHS.processingPdf, 'application/pdf', recordPdf),
  file(PATHS.processingCsv, 'text/csv; charset=utf-8', recordCsv),
  file(PATHS.processingJson, 'application/json; charset=utf-8', (record) => `${JSON.stringify(record, null, 2)}\n`),
]

function file(path: string, type: string, write: (record: ProcessingRecord) => string | Buffer): Route {
  return {
    method: 'GET',
    path,
    who: 'processing.see',
    logs: [],
    handle: async ({ service: { ops }, actor }): Promise<Answer> => {
      const { record } = await readProcessingRecord(ops, actor)
      const name = `processing-${path.split('/').at(-1)}`
      return {
        body: write(record),
        type,
        headers: { 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' },
      }
    },
  }
}

/** One line for each thing that is said, so that nothing is hidden in a cell. */
function recordCsv(record: ProcessingRecord): string {
  return csv([
    ['part', 'what', 'law', 'says'],
    ...recordParts(record).flatMap(({ title, rows }) =>
      rows.flatMap(({ what, law = '', says }) =>
        (says.length > 0 ? says : [MISSING]).map((one) => [title, what, law, one]),
      ),
    ),
  ])
}
