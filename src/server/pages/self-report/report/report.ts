import { currentAmnesty, type ReportedApp, reportApp, selfReportFaults } from '../../../../actions/index.ts'
import { DATA_HELD, DELETED, EVIDENCE, INSTALLED, WHOSE_PHONE } from '../../../../apps/index.ts'
import { dayOf } from '../../../../retention/index.ts'
import { dayGiven, dayTyped, errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { DATA_WORDS, DELETED_WORDS, EVIDENCE_WORDS, INSTALLED_WORDS, PHONE_WORDS } from '../words.ts'

/** Somebody says that an app is, or was, on their phone: with a name or without (law rows E8, E11, E14). */
export const reportRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.appReportNew,
    who: 'app.report',
    logs: [],
    handle: (visit) => page(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.appReportNew,
    who: 'app.report',
    logs: ['self_report.made'],
    handle: async (visit) => {
      const { service, actor, now } = visit
      const told = toldOf(visit)
      const errors = errorsFrom(selfReportFaults(told, dayOf(now)), (fault) =>
        fault === 'since' ? 'since-day' : fault,
      )
      if (errors.length > 0) return page(visit, errors)
      const report = await reportApp(service.ops, actor, told)
      return { redirect: pathTo(PATHS.appReported, { report }) }
    },
  },
]

function toldOf(visit: Visit): ReportedApp {
  const of = <T extends string>(name: string, known: readonly T[]) => known.find((one) => one === field(visit, name))
  const yes = (name: string) => ({ yes: true, no: false })[field(visit, name)]
  const since = dayGiven(visit, 'since')
  return {
    app: field(visit, 'app'),
    installed: of('installed', INSTALLED),
    ...(since !== '' && { since }),
    phone: of('phone', WHOSE_PHONE),
    data: of('data', DATA_HELD),
    deleted: of('deleted', DELETED),
    evidence: of('evidence', EVIDENCE),
    told: yes('told'),
    named: yes('named'),
  }
}

async function page(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const items = <T extends string>(name: string, known: readonly T[], words: Readonly<Record<T, string>>) =>
    known.map((value) => ({ value, text: words[value], checked: field(visit, name) === value }))
  const yesNo = (name: string, yes: string, no: string) => [
    { value: 'yes', text: yes, checked: field(visit, name) === 'yes' },
    { value: 'no', text: no, checked: field(visit, name) === 'no' },
  ]
  const today = dayOf(visit.now)
  const amnesty = await currentAmnesty(visit.service.ops, today)
  return {
    page: 'pages/self-report/report/report.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Report an app on your phone',
      back: PATHS.home,
      ...(amnesty && amnesty.from <= today && today <= amnesty.until && { amnesty }),
      app: field(visit, 'app'),
      since: dayTyped(visit, 'since'),
      phones: items('phone', WHOSE_PHONE, PHONE_WORDS),
      installed: items('installed', INSTALLED, INSTALLED_WORDS),
      data: items('data', DATA_HELD, DATA_WORDS),
      deleted: items('deleted', DELETED, DELETED_WORDS),
      evidence: items('evidence', EVIDENCE, EVIDENCE_WORDS),
      told: yesNo('told', 'Yes, and it was used after that', 'No, or it was not used after that'),
      named: yesNo('named', 'Yes', 'No: this report does not name you, and nobody can ask you anything'),
      ...errorsView(errors),
    },
  }
}
