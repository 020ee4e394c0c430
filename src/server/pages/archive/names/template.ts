import { decideTemplate, readLearnt } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { exampleRow } from './examples.ts'
import { DIRECTION_WORDS, TEMPLATE_STATES, templateWords } from './words.ts'

/** How names are to be read, and the decision of somebody else than who proposed it (law row E14). */
export const templateRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveNameTemplate,
    who: 'recording.see',
    logs: ['names.shown'],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.archiveNameTemplate,
    // Who proposed it, and so may not, the act itself finds out.
    who: 'recording.see',
    logs: ['template.decided'],
    handle: async (visit) => {
      const { archive, template } = named(visit)
      const outcome = field(visit, 'outcome')
      if (outcome !== 'approved' && outcome !== 'refused')
        return page(visit, [{ field: 'outcome', text: 'Select whether file names are read this way' }])
      await decideTemplate(visit.service.ops, visit.actor, { archiveId: archive, id: template, outcome })
      return { redirect: `${pathTo(PATHS.archiveNames, { archive })}?done=${outcome}` }
    },
  },
]

async function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { archive, template } = named(visit)
  const { archiveTitle, learnt, examples, decides } = await readLearnt(
    visit.service.ops,
    visit.actor,
    archive,
    template,
  )
  return {
    page: 'pages/archive/names/template.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: decides ? 'Are file names to be read this way?' : 'How file names are to be read',
      back: pathTo(PATHS.archiveNames, { archive }),
      backText: 'File names that cannot be read yet',
      archiveTitle,
      learnt,
      says: templateWords(learnt.template),
      tag: TEMPLATE_STATES[learnt.state],
      directions: learnt.directions.map(([word, means]) => ({ word, means: DIRECTION_WORDS[means ?? 'unknown'] })),
      examples: examples.map(exampleRow),
      decides,
      isOwn: learnt.proposedBy.id === visit.actor.id,
      ...errorsView(errors),
    },
  }
}

function named({ params }: Visit): { archive: string; template: string } {
  return { archive: params['archive'] ?? '', template: params['template'] ?? '' }
}
