import {
  ActionError,
  batchFaults,
  type BatchFilter,
  ONE_APPROVER,
  proposeBatch,
  readToPropose,
} from '../../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../../form.ts'
import { PATHS, pathTo } from '../../../../paths.ts'
import type { Answer, Route, Visit } from '../../../../route.ts'
import { archiveOf } from '../../address.ts'
import { boundWords } from '../../sample/bound-words.ts'

/** The first of two people proposes that recordings be destroyed (law rows E14, H14). */
export const proposeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveBatchNew,
    who: 'batch.propose',
    logs: [],
    handle: (visit) => show(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.archiveBatchNew,
    who: 'batch.propose',
    logs: ['batch.proposed'],
    handle: propose,
  },
]

async function propose(visit: Visit): Promise<Answer> {
  const archiveId = archiveOf(visit)
  const given = { reasons: field(visit, 'reasons'), ...filterOf(visit) }
  const errors = [
    ...(['all', 'some'].includes(field(visit, 'which')) ? [] : [{ field: 'which', text: 'Select which recordings' }]),
    ...(field(visit, 'which') === 'some' && given.phones === undefined && given.months === undefined
      ? [{ field: 'phones', text: 'Enter phones, months or both' }]
      : []),
    ...errorsFrom(batchFaults(given)),
  ]
  if (errors.length > 0) return show(visit, errors)
  try {
    const batch = await proposeBatch(visit.service.ops, visit.actor, { archiveId, ...given })
    return { redirect: `${pathTo(PATHS.batch, { batch })}?done=proposed` }
  } catch (error) {
    if (!(error instanceof ActionError) || error.reason !== 'NOTHING') throw error
    const some = field(visit, 'which') === 'some'
    return show(visit, [
      {
        field: some ? 'phones' : 'which',
        text: 'There is no recording left to propose: each is tied to something, waits for a decision, or is in another batch',
      },
    ])
  }
}

/** What is wanted; undefined where a field is empty, or all are wanted. */
function filterOf(visit: Visit): BatchFilter {
  if (field(visit, 'which') !== 'some') return {}
  const list = (name: string) =>
    field(visit, name)
      .split(/[\s,;]+/)
      .filter((one) => one !== '')
  const [phones, months] = [list('phones'), list('months')]
  return {
    ...(phones.length > 0 && { phones: phones.map((one) => (/^\d{1,9}$/.test(one) ? Number(one) : Number.NaN)) }),
    ...(months.length > 0 && { months }),
  }
}

async function show(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const archive = archiveOf(visit)
  const { isMatched, free, copies, sample } = await readToPropose(visit.service.ops, visit.actor, archive)
  return {
    page: 'pages/archive/batch/propose/propose.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Propose the destruction of recordings',
      back: pathTo(PATHS.archiveBatches, { archive }),
      backText: 'Destruction of recordings',
      isMatched,
      free,
      copies,
      most: ONE_APPROVER,
      sample: sample && boundWords({ wrong: sample.wrong, items: sample.looked, of: sample.of, atMost: sample.atMost }),
      sampleHref: pathTo(PATHS.archiveSample, { archive }),
      which: field(visit, 'which'),
      phones: field(visit, 'phones'),
      months: field(visit, 'months'),
      reasons: field(visit, 'reasons'),
      ...errorsView(errors),
    },
  }
}
