import { type OpenExtract, showRecords } from '../../../actions/index.ts'
import type { RecordKind } from '../../../records/index.ts'
import { errorsView } from '../../form.ts'
import { pathTo } from '../../paths.ts'
import type { Route } from '../../route.ts'
import { type Asked, askedFor, beside, cursorOf, filterFields } from './filter-fields.ts'
import { frame, reading } from './reading.ts'
import { shownRecord } from './shown-record.ts'
import { Names } from './titles.ts'

type Found = ReturnType<OpenExtract['view']['page']>

/** A page of records of one sort: which they are, and what stands beside them. */
export interface ListPage {
  readonly path: string
  /** what the log calls it */
  readonly view: Parameters<typeof showRecords>[3]
  readonly template: string
  readonly title: string
  readonly perPage: number
  /** which records, whatever else is asked for */
  readonly only?: Readonly<Partial<Asked['filter']>>
  /** what else the template needs */
  readonly more?: (open: OpenExtract, page: Found, asked: Asked, path: string) => Readonly<Record<string, unknown>>
}

/** Makes the route of a page that lists records: what is shown is logged before it is sent (law C-LOG, consultation). */
export function listPage({ path: address, view, template, title, perPage, only = {}, more }: ListPage): Route {
  return {
    method: 'GET',
    path: address,
    who: 'extract.tag',
    about: 'extraction',
    logs: ['item.viewed'],
    handle: (visit) =>
      reading(visit, 'main', async (open) => {
        const asked = askedFor(visit)
        const names = new Names(open)
        const path = pathTo(address, { extraction: open.opening.extraction })
        const page = open.view.page({ ...asked.filter, ...only }, perPage, cursorOf(visit))
        await showRecords(visit.service.ops, visit.actor, open, view, page.items)
        return {
          page: template,
          view: {
            ...frame(visit, open, address),
            title,
            path,
            fields: filterFields(open.view, asked, names.involved, only.kind && { kind: only.kind }),
            ...errorsView(asked.errors),
            total: page.total,
            isAskedFor: only.kind === undefined || isAskedFor(open, only.kind),
            records: page.items.map((item) => shownRecord(open, item, { names })),
            links: beside(path, asked.query, page),
            ...more?.(open, page, asked, path),
          },
        }
      }),
  }
}

/** Whether the authorisation asked for any record of this kind: what it did not ask for is not missing. */
function isAskedFor({ held }: OpenExtract, kind: RecordKind): boolean {
  const scope = (held.document['scope'] ?? []) as readonly { readonly records?: readonly string[] }[]
  return scope.some(({ records = [] }) => records.includes(kind))
}
