import { couldEver } from '../../../../access/index.ts'
import {
  ActionError,
  handInFleetFiles,
  type ImportRead,
  isStuck,
  LARGEST_AT_ONCE,
  readFleetImport,
  sayFleetColumns,
  startFleetImport,
  takeBackFleetImport,
} from '../../../../actions/index.ts'
import { errorsView, type FieldError } from '../../../form.ts'
import { everyFileOf } from '../../../multipart.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { FAILURE_WORDS, IMPORT_TAGS, ODD_WORDS, SOURCE_WORDS, STUCK_TAG } from '../words.ts'
import { columnsAsked, columnsTold } from './columns.ts'

/** Rows with something odd that a page shows. */
const ODD_SHOWN = 50

/** One import: handing in its files, saying what its columns mean, having it read, and what came of it. */
export const importRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.fleetImport,
    who: 'fleet.see',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.fleetImportFiles,
    who: 'fleet.import',
    formOn: PATHS.fleetImport,
    logs: [],
    bodyLimit: LARGEST_AT_ONCE,
    perMinute: 120,
    handle: (visit) =>
      orSays(visit, 'files', ({ service, actor, request }, id) =>
        handInFleetFiles(service.ops, actor, id, everyFileOf(request.body, 'files')),
      ),
  },
  {
    method: 'POST',
    path: PATHS.fleetImportColumns,
    who: 'fleet.import',
    formOn: PATHS.fleetImport,
    logs: [],
    handle: async (visit) => {
      const told = columnsTold(visit)
      if ('errors' in told) return page(visit, told.errors)
      return orSays(visit, 'column-device', ({ service, actor }, id) =>
        sayFleetColumns(service.ops, actor, id, told.columns),
      )
    },
  },
  {
    method: 'POST',
    path: PATHS.fleetImportRead,
    who: 'fleet.import',
    formOn: PATHS.fleetImport,
    logs: ['fleet.import_asked'],
    handle: (visit) => orSays(visit, 'files', ({ service, actor }, id) => startFleetImport(service.ops, actor, id)),
  },
  {
    method: 'POST',
    path: PATHS.fleetImportTakeBack,
    who: 'fleet.import',
    formOn: PATHS.fleetImport,
    logs: ['fleet.import_taken_back'],
    handle: (visit) => orSays(visit, 'files', ({ service, actor }, id) => takeBackFleetImport(service.ops, actor, id)),
  },
]

/** Does it and comes back to the page; what cannot be is said there, beside the field. */
async function orSays(visit: Visit, of: string, act: (visit: Visit, id: string) => Promise<void>): Promise<Answer> {
  const id = visit.params['import'] ?? ''
  try {
    await act(visit, id)
    return { redirect: pathTo(PATHS.fleetImport, { import: id }) }
  } catch (error) {
    if (!(error instanceof ActionError) || (error.code !== 'NOT_VALID' && error.reason !== 'NO_FILES')) throw error
    return page(visit, [{ field: of, text: error.reason === 'NO_FILES' ? 'Choose a file' : error.message }])
  }
}

async function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const read = await readFleetImport(service.ops, params['import'] ?? '')
  if (read === undefined) return { redirect: PATHS.fleet }
  const source = SOURCE_WORDS[read.source]
  const to = (path: string) => pathTo(path, { import: read.id })
  const isOpen = read.state === 'collecting' && couldEver(actor, 'fleet.import')
  const stuck = isStuck(read)
  return {
    page: 'pages/fleet/import/import.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: `Export: ${source?.text ?? 'of a system that is not known'}`,
      back: PATHS.fleet,
      backText: 'Phones',
      read,
      tickets: PATHS.fleetTickets,
      hint: source?.hint,
      tag: stuck ? STUCK_TAG : IMPORT_TAGS[read.state],
      isOpen,
      isStuck: stuck,
      isBeingRead: read.state === 'queued' && !stuck,
      maySettle: isOpen || (stuck && couldEver(actor, 'fleet.import')),
      largest: LARGEST_AT_ONCE >> 20,
      megabytes: Math.max(1, Math.ceil(read.bytes / 1e6)),
      forms: {
        files: to(PATHS.fleetImportFiles),
        columns: to(PATHS.fleetImportColumns),
        read: to(PATHS.fleetImportRead),
        takeBack: to(PATHS.fleetImportTakeBack),
      },
      failure: FAILURE_WORDS[read.failure ?? ''],
      ...(isOpen && read.headings.length > 0 && columnsAsked(visit, read)),
      canRead: isReady(read),
      odd: read.odd.slice(0, ODD_SHOWN).map((one) => ({ ...one, says: ODD_WORDS[one.code] })),
      ...errorsView(errors),
    },
  }
}

function isReady({ files, source, columns }: ImportRead): boolean {
  return files > 0 && (source !== 'columns' || columns !== undefined)
}
