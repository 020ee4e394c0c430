import { couldEver } from '../../../../access/index.ts'
import {
  type GivenRegisterRow,
  isClosed,
  isTable,
  notFound,
  readArchive,
  readRegisters,
  takeBackRegister,
} from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { FIELD_WORDS, REGISTER_WORDS, ROW_PROBLEM_WORDS } from '../register-words.ts'

/** What an archive is matched with, and what could not be read of it: by line and kind, never what stood there. */
export const registersRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.archiveRegisters, who: 'archive.see', logs: [], handle: list },
  {
    method: 'POST',
    path: PATHS.archiveRegisterTakeBack,
    who: 'archive.manage',
    formOn: PATHS.archiveRegisters,
    logs: ['register.taken_back'],
    handle: async ({ service: { ops }, actor, params }) => {
      const archive = params['archive'] ?? ''
      await takeBackRegister(ops, actor, { archiveId: archive, registerId: params['register'] ?? '' })
      return { redirect: pathTo(PATHS.archiveRegisters, { archive }) }
    },
  },
]

async function list({ service: { ops }, actor, params }: Visit): Promise<Answer> {
  const id = params['archive'] ?? ''
  const archive = await readArchive(ops, id)
  if (archive === undefined) throw notFound()
  const registers = await readRegisters(ops, id)
  const manages = couldEver(actor, 'archive.manage') && !isClosed(archive)
  const parameters = { archive: id }
  return {
    page: 'pages/archive/registers/registers.njk',
    view: {
      title: 'Registers',
      caption: archive.title,
      back: pathTo(PATHS.archive, parameters),
      manages,
      give: manages ? pathTo(PATHS.archiveRegisterNew, parameters) : undefined,
      registers: registers.map((one) => ({
        ...one,
        says: isTable(one.kind) ? REGISTER_WORDS[one.kind].text : one.kind,
        problemsSay: problemsOf(one),
        more: Math.max(0, one.problems - (one.oddities.places?.length ?? 0)),
        ...(manages && {
          columns: pathTo(PATHS.archiveRegisterColumns, { archive: id, register: one.id }),
          takeBack: pathTo(PATHS.archiveRegisterTakeBack, { archive: id, register: one.id }),
        }),
      })),
    },
  }
}

function problemsOf({ kind, oddities }: GivenRegisterRow): string[] {
  const fields = isTable(kind) ? FIELD_WORDS[kind] : {}
  return (oddities.places ?? []).map(({ line, code, field, row }) => {
    const at = field === undefined ? '' : ` (${fields[field] ?? field})`
    const then = row === 'kept' ? 'the rest of the row counts' : 'the row is left out'
    return `Line ${line}${at}: ${ROW_PROBLEM_WORDS[code] ?? code}; ${then}`
  })
}
