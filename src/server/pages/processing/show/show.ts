import { couldEver } from '../../../../access/index.ts'
import { FORCE_FACTS, readProcessingRecord } from '../../../../actions/index.ts'
import { PATHS } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import { MISSING, missingOf, recordParts } from '../record-parts.ts'

/** The record as it stands, and what the force said before (DPA 2018 s.61; law row C22). */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.processing,
    who: 'processing.see',
    logs: [],
    handle: async ({ service: { ops }, actor }) => {
      const { record, versions } = await readProcessingRecord(ops, actor)
      const [force, service, sensitive, ...operations] = recordParts(record)
      return {
        page: 'pages/processing/show/show.njk',
        view: {
          title: 'Record of processing',
          says: MISSING,
          missing: missingOf(record),
          parts: [force, service, sensitive],
          operations,
          change: couldEver(actor, 'processing.change') ? PATHS.processingChange : undefined,
          files: [
            { text: 'PDF', href: PATHS.processingPdf },
            { text: 'CSV', href: PATHS.processingCsv },
            { text: 'JSON', href: PATHS.processingJson },
          ],
          newest: versions[0],
          before: versions.slice(1).map((one) => ({
            ...one,
            facts: FORCE_FACTS.map(({ id, title }) => ({ title, says: one.facts[id] })),
          })),
        },
      }
    },
  },
]
