import {
  againstApproving,
  APPROVED_PARTS,
  type ApprovedPart,
  approveDpia,
  readDpiaFile,
} from '../../../../actions/index.ts'
import { LEVELS, mustConsult } from '../../../../apps/index.ts'
import { field } from '../../../form.ts'
import { type NotTaken, taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import { answersOf, type Question, questionsPage } from '../../../questions.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { LEVEL_WORDS, PART_WORDS } from '../words.ts'

/** The approval of an assessment in two parts, by two people (law rows C25, C26, H17). */
export const approveRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.dpiaApprove, who: 'dpia.decide', logs: [], handle: (visit) => page(visit) },
  {
    method: 'POST',
    path: PATHS.dpiaApprove,
    who: 'dpia.decide',
    logs: ['dpia.approved'],
    handle: async (visit) => {
      const part = APPROVED_PARTS.find((one) => one === field(visit, 'part'))
      if (part === undefined) return page(visit, { errors: [{ field: 'part', text: 'Choose what you approve' }] })
      const dpiaId = visit.params['dpia'] ?? ''
      const not = await taken(() => approveDpia(visit.service.ops, visit.actor, { dpiaId, part }))
      return not === undefined ? { redirect: `${pathTo(PATHS.dpia, { dpia: dpiaId })}?done=decided` } : page(visit, not)
    },
  },
]

async function page(visit: Visit, notTaken?: NotTaken): Promise<Answer> {
  const { service, actor, now } = visit
  const { row } = await readDpiaFile(service.ops, actor, visit.params['dpia'] ?? '')
  const { document } = row
  const open = APPROVED_PARTS.filter((part) => document.sign_off?.[part] === undefined)
  const may = open.filter((part) => againstApproving(document, part, actor, now).length === 0)
  const [first] = open
  const reasons = may.length === 0 && first !== undefined ? againstApproving(document, first, actor, now) : []
  const left = LEVELS.findLast((level) => document.risks.some(({ residual }) => residual === level))
  const part: Question = {
    ask: 'one',
    name: 'part',
    large: true,
    label: 'What do you approve?',
    hint: 'You can approve one of the two. Somebody else approves the other.',
    of: may.map((value: ApprovedPart) => ({ value, text: PART_WORDS[value] })),
  }
  const view = questionsPage(
    {
      title: 'Approve measures or risks',
      caption: row.title,
      back: pathTo(PATHS.dpia, { dpia: row.id }),
      backText: row.title,
      intro: ['Read the whole assessment first.'],
      facts: [
        {
          key: 'Risks, and what is left of each',
          value:
            document.risks
              .map(
                ({ says, residual }) =>
                  `${says} (${residual === undefined ? 'not said yet' : LEVEL_WORDS[residual].toLowerCase()})`,
              )
              .join('\n') || 'None',
        },
        { key: 'Measures', value: document.measures.map(({ title }) => title).join('\n') || 'None' },
        { key: 'Greatest risk that is left', value: left === undefined ? 'Not said yet' : LEVEL_WORDS[left] },
        ...(mustConsult(document) ? [{ key: 'Commissioner', value: 'Must be consulted first' }] : []),
      ],
      questions: may.length > 0 ? [part] : [],
      answers: answersOf(visit, [part]),
      ...(may.length > 0 && { button: 'Approve it' }),
    },
    notTaken,
  )
  // What stands against it is shown to whoever only looks, and is no error of theirs.
  return notTaken === undefined && 'view' in view ? { ...view, view: { ...view.view, reasons } } : view
}
