import { couldEver } from '../../../../access/index.ts'
import {
  britishDay,
  milestoneFaults,
  MILESTONES,
  noteMilestone,
  readMilestones,
  takeBackMilestone,
} from '../../../../actions/index.ts'
import { dayGiven, dayTyped, errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { archiveOf } from '../address.ts'
import { MILESTONE_WORDS } from './words.ts'

/** What happened, and which regulator was told when (law row E17). The 72 hours of a breach run in their own register. */
export const archiveTimelineRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.archiveTimeline, who: 'archive.see', logs: [], handle: list },
  {
    method: 'GET',
    path: PATHS.archiveMilestoneNew,
    who: 'archive.note',
    logs: [],
    handle: (visit) => form(visit, {}, []),
  },
  {
    method: 'POST',
    path: PATHS.archiveMilestoneNew,
    who: 'archive.note',
    logs: ['archive.milestone_noted'],
    handle: async (visit) => {
      const kind = MILESTONES.find((one) => one === field(visit, 'kind'))
      const on = dayGiven(visit, 'on')
      const says = field(visit, 'says')
      const errors: FieldError[] = [
        ...(kind === undefined ? [{ field: 'kind', text: 'Select what happened' }] : []),
        ...errorsFrom(milestoneFaults({ kind: kind ?? 'discovered', day: on, says }, britishDay(visit.now)), (fault) =>
          fault === 'day' ? 'on-day' : fault,
        ),
      ]
      if (kind === undefined || errors.length > 0) return form(visit, { kind, ...dayTyped(visit, 'on'), says }, errors)
      await noteMilestone(visit.service.ops, visit.actor, archiveOf(visit), { kind, day: on, says })
      return backToList(visit)
    },
  },
  {
    method: 'POST',
    path: PATHS.archiveMilestoneTakeBack,
    formOn: PATHS.archiveTimeline,
    who: 'archive.note',
    logs: ['archive.milestone_taken_back'],
    handle: async (visit) => {
      await takeBackMilestone(visit.service.ops, visit.actor, archiveOf(visit), visit.params['milestone'] as string)
      return backToList(visit)
    },
  },
]

async function list(visit: Visit): Promise<Answer> {
  const { service, actor } = visit
  const archive = archiveOf(visit)
  const { title, milestones } = await readMilestones(service.ops, actor, archive)
  const notes = couldEver(actor, 'archive.note')
  return {
    page: 'pages/archive/timeline/timeline.njk',
    view: {
      title: 'What happened, and who was told',
      back: pathTo(PATHS.archive, { archive }),
      backText: title,
      add: notes ? pathTo(PATHS.archiveMilestoneNew, { archive }) : undefined,
      breaches: couldEver(actor, 'breach.see') ? PATHS.breaches : undefined,
      report: couldEver(actor, 'breach.report') ? PATHS.breachReport : undefined,
      milestones: milestones.map((one) => ({
        ...one,
        what: MILESTONE_WORDS[one.kind],
        takeBack:
          notes && one.takenBack === undefined
            ? pathTo(PATHS.archiveMilestoneTakeBack, { archive, milestone: one.id })
            : undefined,
      })),
    },
  }
}

async function form(
  visit: Visit,
  values: Readonly<Partial<Record<'kind' | 'day' | 'month' | 'year' | 'says', string>>>,
  errors: readonly FieldError[],
): Promise<Answer> {
  const archive = archiveOf(visit)
  await readMilestones(visit.service.ops, visit.actor, archive)
  return {
    page: 'pages/archive/timeline/milestone.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Add what happened',
      back: pathTo(PATHS.archiveTimeline, { archive }),
      backText: 'What happened, and who was told',
      kinds: MILESTONES.map((value) => ({ value, text: MILESTONE_WORDS[value], checked: values.kind === value })),
      values,
      ...errorsView(errors),
    },
  }
}

function backToList(visit: Visit): Answer {
  return { redirect: pathTo(PATHS.archiveTimeline, { archive: archiveOf(visit) }) }
}
