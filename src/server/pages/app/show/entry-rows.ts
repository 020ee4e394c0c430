import { couldEver } from '../../../../access/index.ts'
import type { Actor, AppFile, EntryPart } from '../../../../actions/index.ts'
import { ENTRY_PARTS } from '../../../../actions/index.ts'
import type { CatalogueEntry } from '../../../../apps/index.ts'
import { dayWords } from '../../../day-words.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { PART_TITLES } from '../entry/parts.ts'
import { versionSays } from '../entry/version-part.ts'
import { MEANS_WORDS, RESULT_WORDS, ROUTE_WORDS } from '../words.ts'

/** What the entry says, a row a part; empty where nothing does yet. */
export function entryRows({ row }: AppFile, actor: Actor, isOpen: boolean) {
  const { entry } = row.record
  const lines = linesOf(entry)
  return ENTRY_PARTS.toSorted((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)).map((part) => ({
    title: PART_TITLES[part],
    lines: lines[part],
    href: isOpen && couldEver(actor, 'app.manage') ? pathTo(PATHS.appPart, { app: row.id, part }) : undefined,
  }))
}

const ORDER = Object.keys(PART_TITLES) as EntryPart[]

function linesOf(entry: CatalogueEntry): Readonly<Record<EntryPart, readonly string[]>> {
  const { supplier, restrictability: test, security_review: review, defaults } = entry
  return {
    app: [entry.purpose],
    owner: entry.owner === undefined ? [] : [entry.owner.name],
    version: entry.versions.map(versionSays),
    supplier:
      supplier.name === ''
        ? []
        : [
            supplier.name,
            supplier.processes_data ? 'Processes data for the force' : 'Processes no data for the force',
            ...(supplier.contract === undefined ? [] : [`Contract ${supplier.contract.reference}`]),
          ],
    data: entry.data_classes,
    flows: entry.data_flows.map(({ data, from, to, country }) => `${data}: from ${from} to ${to} (${country})`),
    roles: entry.roles,
    recording:
      defaults === undefined
        ? []
        : [
            ROUTE_WORDS[entry.recording],
            ...(defaults.records_by_itself ? ['It records by itself'] : []),
            ...(defaults.shows_that_it_records ? [] : ['It does not show that it records']),
          ],
    restriction:
      test === undefined
        ? []
        : [RESULT_WORDS[test.result], MEANS_WORDS[test.means], `Tried by ${test.by.name}: ${test.evidence}`],
    assessment: entry.dpia === undefined ? [] : [entry.dpia.reference],
    security:
      review === undefined
        ? []
        : [`${review.outcome === 'passed' ? 'Passed' : 'Failed'}: ${review.reference}`, `By ${review.by.name}`],
    instruction: entry.instruction === undefined ? [] : ['There is one'],
    review: entry.review_on === undefined ? [] : [dayWords(entry.review_on)],
    exit: entry.exit_plan === '' ? [] : [entry.exit_plan],
  }
}
