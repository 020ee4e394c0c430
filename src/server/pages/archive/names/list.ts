import { couldEver } from '../../../../access/index.ts'
import { learntTemplates, NAMES_SHOWN, readUnread } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { TEMPLATE_STATES, templateWords } from './words.ts'

const DONE: Readonly<Record<string, string>> = {
  proposed: 'It is proposed. Somebody else now has to approve or refuse it.',
  approved: 'It is approved. File names are read this way from the next matching.',
  refused: 'It is refused. File names are not read this way.',
}

/** Names of an archive that no rule reads, masked, and what was proposed to read them by (law rows E13, E14). */
export const listRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.archiveNames, who: 'recording.see', logs: ['names.shown'], handle: list },
]

async function list({ service: { ops }, actor, params, query }: Visit): Promise<Answer> {
  const archive = params['archive'] ?? ''
  const unread = await readUnread(ops, actor, archive)
  const marks = couldEver(actor, 'archive.manage')
  const templates = await learntTemplates(ops, { archiveId: archive })
  return {
    page: 'pages/archive/names/list.njk',
    view: {
      back: pathTo(PATHS.archive, { archive }),
      backText: 'The archive',
      title: 'File names that cannot be read yet',
      done: DONE[query['done'] ?? ''],
      unread,
      most: NAMES_SHOWN,
      shapes: unread.shapes.map(({ names, examples }) => ({
        names,
        examples: examples.map(({ itemId, masked }) => ({
          masked,
          href: marks ? pathTo(PATHS.archiveNameMark, { archive, item: itemId }) : undefined,
        })),
      })),
      templates: templates.map((one) => ({
        ...one,
        says: templateWords(one.template),
        tag: TEMPLATE_STATES[one.state],
        href: pathTo(PATHS.archiveNameTemplate, { archive, template: one.id }),
      })),
    },
  }
}
