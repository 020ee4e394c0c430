import { ActionError, collectedFolders, newArchiveFaults, openArchive } from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'

/** Opens an archive over a folder that was collected (law row E14). */
export const newRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveNew,
    who: 'archive.manage',
    logs: [],
    handle: (visit) => page(visit, { title: '', folder: '' }, []),
  },
  {
    method: 'POST',
    path: PATHS.archiveNew,
    who: 'archive.manage',
    logs: ['archive.opened'],
    handle: async (visit) => {
      const { ops } = visit.service
      const values = { title: field(visit, 'title'), folder: field(visit, 'folder') }
      const errors = errorsFrom(newArchiveFaults(ops, values))
      if (errors.length > 0) return page(visit, values, errors)
      try {
        const id = await openArchive(ops, visit.actor, values)
        return { redirect: pathTo(PATHS.archive, { archive: id }) }
      } catch (error) {
        if (error instanceof ActionError && error.reason === 'ALREADY_OPEN')
          return page(visit, values, [{ field: 'folder', text: 'This folder is an archive already' }])
        throw error
      }
    },
  },
]

async function page(
  { service: { ops } }: Visit,
  values: { readonly title: string; readonly folder: string },
  errors: readonly FieldError[],
): Promise<Answer> {
  return {
    page: 'pages/archive/new/new.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Open an archive',
      back: PATHS.archives,
      values,
      folders: (await collectedFolders(ops)).map((name) => ({
        value: name,
        text: name,
        checked: name === values.folder,
      })),
      ...errorsView(errors),
    },
  }
}
