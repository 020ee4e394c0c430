import {
  giveRegister,
  givenRegisterFaults,
  isClosed,
  LARGEST_REGISTER,
  readArchive,
} from '../../../../actions/index.ts'
import { type Table, TABLES } from '../../../../recordings/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { REGISTER_WORDS } from '../register-words.ts'

/** What a form adds to the file that it carries, in bytes, at most. */
const AROUND = 64 << 10

/** Gives a register: what it holds, and the CSV. */
export const giveRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveRegisterNew,
    who: 'archive.manage',
    logs: [],
    handle: (visit) => page(visit, '', []),
  },
  {
    method: 'POST',
    path: PATHS.archiveRegisterNew,
    who: 'archive.manage',
    logs: ['register.given'],
    bodyLimit: LARGEST_REGISTER + AROUND,
    handle: async (visit) => {
      const kind = field(visit, 'kind')
      const contents = visit.files.get('contents')?.bytes ?? Buffer.alloc(0)
      const errors = errorsFrom(givenRegisterFaults({ kind, contents }))
      if (errors.length > 0) return page(visit, kind, errors)
      const archive = visit.params['archive'] ?? ''
      const { id, mapped } = await giveRegister(visit.service.ops, visit.actor, { archiveId: archive, kind, contents })
      return {
        redirect: mapped
          ? pathTo(PATHS.archiveRegisters, { archive })
          : pathTo(PATHS.archiveRegisterColumns, { archive, register: id }),
      }
    },
  },
]

async function page({ service: { ops }, params }: Visit, kind: string, errors: readonly FieldError[]): Promise<Answer> {
  const id = params['archive'] ?? ''
  const archive = await readArchive(ops, id)
  if (archive === undefined || isClosed(archive)) return { redirect: PATHS.archives }
  return {
    page: 'pages/archive/registers/give.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Give a register',
      caption: archive.title,
      back: pathTo(PATHS.archiveRegisters, { archive: id }),
      kinds: (Object.keys(TABLES) as Table[]).map((one) => ({
        value: one,
        text: REGISTER_WORDS[one].text,
        hint: { text: REGISTER_WORDS[one].hint },
        checked: one === kind,
      })),
      ...errorsView(errors),
    },
  }
}
