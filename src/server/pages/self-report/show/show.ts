import { couldEver } from '../../../../access/index.ts'
import { doneWithReport, seeReport } from '../../../../actions/index.ts'
import { FOLLOWING } from '../../../../apps/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { DATA_WORDS, DELETED_WORDS, EVIDENCE_WORDS, INSTALLED_WORDS, PHONE_WORDS, toOthers } from '../words.ts'

/** One report, what follows from it, and what was done (law rows E11, E14). */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.appReport,
    who: 'app.see_reports',
    logs: ['self_report.seen'],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.appReport,
    who: 'app.manage',
    logs: ['self_report.done'],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const report = params['report'] ?? ''
      const not = await taken(
        () => doneWithReport(service.ops, actor, report, field(visit, 'done')),
        () => 'done',
      )
      return not === undefined ? { redirect: pathTo(PATHS.appReport, { report }) } : page(visit, not.errors)
    },
  },
]

async function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, params } = visit
  const read = await seeReport(service.ops, actor, params['report'] ?? '')
  const { report } = read
  return {
    page: 'pages/self-report/show/show.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: read.app,
      back: PATHS.appReports,
      backText: 'Apps that staff reported',
      read,
      since: report.since,
      phone: toOthers(PHONE_WORDS[report.phone]),
      installed: toOthers(INSTALLED_WORDS[report.installed]),
      data: toOthers(DATA_WORDS[report.data]),
      deleted: toOthers(DELETED_WORDS[report.deleted]),
      evidence: toOthers(EVIDENCE_WORDS[report.evidence]),
      told: report.used_after_told_not_to,
      following: read.following.map((one) => FOLLOWING[one]),
      may: couldEver(actor, 'app.manage') && read.doneSays === undefined,
      text: field(visit, 'done'),
      ...errorsView(errors),
    },
  }
}
