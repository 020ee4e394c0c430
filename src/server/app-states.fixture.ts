import {
  anApprovedApp,
  anAssessedApp,
  aPackage,
  appPeople,
  ASKED,
  askTrial,
  aWrittenDpia,
} from '../actions/apps/an-app.fixture.ts'
import {
  adviseOnDpia,
  askForApp,
  beginDpia,
  changeRolePolicy,
  consultCommissioner,
  decideAdvice,
  ENTRY_PARTS,
  importTrackers,
  inspectApp,
  POLICY_FORMS,
  reviewViews,
  sendForAdvice,
  withdrawApp,
} from '../actions/index.ts'
import { WRITTEN_STEPS } from './pages/dpia/write/steps.ts'
import { PATHS } from './paths.ts'
import type { TestService } from './test-service.fixture.ts'

/** Parameters of addresses of apps and assessments, by the address: once for each way in which a page looks. */
export type AppStates = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>

const LONG =
  'Wilhelmina Featherstonehaugh-Cholmondeley’s Notes of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'

/** Apps and assessments wherever they may stand. */
export async function tellAppStates(service: TestService): Promise<AppStates> {
  const { ops } = service
  const { asker, writer, owner, officer, decider } = await appPeople(service)
  const approved = await anApprovedApp(service)
  const assessed = await anAssessedApp(service, { app: 'Call Helper' })
  await askTrial(service, assessed)
  const asked = await askForApp(ops, asker, { ...ASKED, app: LONG })
  const suspended = await anApprovedApp(service, { app: 'Map Notes' })
  await inspectApp(ops, owner, { appId: suspended, bytes: aPackage('CAMERA', 'RECORD_AUDIO', 'READ_PHONE_STATE') })
  const withdrawn = await anApprovedApp(service, { app: 'Old Notes' })
  await withdrawApp(ops, owner, { appId: withdrawn, why: 'Nobody uses it.' })
  const list = { trackers: { 1: { name: 'Example Ads', code_signature: 'com.example.ads', categories: ['Ads'] } } }
  await importTrackers(ops, writer, Buffer.from(JSON.stringify(list)))
  const policy = { accessibility: [], microphone: 'user_choice', groups: [] } as const
  const install = { install: 'required' } as const
  await changeRolePolicy(ops, writer, {
    seen: 0,
    policy: { ...policy, role: 'constable', apps: [{ entry: approved, ...install }] },
  })
  await changeRolePolicy(ops, writer, {
    seen: 0,
    policy: { ...policy, role: 'trial', apps: [{ entry: suspended, ...install }] },
  })
  const { id: draft } = await beginDpia(ops, writer, { reference: 'DPIA/2026/40', title: LONG, app: asked })
  const sent = await aWrittenDpia(service, asked, 'DPIA/2026/41')
  await sendForAdvice(ops, writer, sent)
  const advised = await aWrittenDpia(service, asked, 'DPIA/2026/42')
  await sendForAdvice(ops, writer, advised)
  await adviseOnDpia(ops, officer, { dpiaId: advised, advises: 'not_to_go_ahead', summary: 'Not like this.' })
  await consultCommissioner(ops, decider, { dpiaId: advised, sent: '2026-11-01', extended: true })
  const ready = await aWrittenDpia(service, asked, 'DPIA/2026/43')
  await sendForAdvice(ops, writer, ready)
  await adviseOnDpia(ops, officer, { dpiaId: ready, advises: 'go_ahead', summary: 'It may go ahead.' })
  await decideAdvice(ops, decider, { dpiaId: ready, outcome: 'accepted', reasons: '' })
  await reviewViews(ops, decider, { dpiaId: ready, follows: true, reasons: '' })
  const found = await ops.store.db
    .selectFrom('app_packages')
    .select('id')
    .where('app_id', '=', suspended)
    .orderBy('at', 'desc')
    .executeTakeFirstOrThrow()
  const { id: signed } = await ops.store.db
    .selectFrom('dpias')
    .select('id')
    .where('reference', '=', `DPIA/${approved.slice(0, 8)}`)
    .executeTakeFirstOrThrow()
  const app = (...ids: readonly string[]) => ids.map((id) => ({ app: id }))
  const dpia = (...ids: readonly string[]) => ids.map((id) => ({ dpia: id }))
  return {
    [PATHS.app]: app(approved, assessed, asked, suspended, withdrawn),
    [PATHS.appPart]: ENTRY_PARTS.flatMap((part) => [
      { app: approved, part },
      { app: asked, part },
    ]),
    [PATHS.appScreen]: app(asked),
    [PATHS.appPackage]: app(approved),
    [PATHS.appPackageFound]: [{ app: suspended, package: found.id }],
    [PATHS.appTrial]: app(suspended),
    [PATHS.appApproval]: app(suspended),
    [PATHS.appRemoval]: app(withdrawn),
    [PATHS.appDecide]: app(assessed),
    [PATHS.appSuspend]: app(approved),
    [PATHS.appWithdraw]: app(approved),
    [PATHS.appFurther]: ['android', 'ios'].map((platform) => ({ app: approved, platform })),
    [PATHS.appPolicy]: ['constable', 'negotiator'].map((role) => ({ role })),
    [PATHS.appPolicyExport]: [
      ...POLICY_FORMS.map((form) => ({ role: 'constable', form })),
      { role: 'trial', form: 'csv' },
    ],
    [PATHS.dpia]: dpia(draft, sent, advised, signed),
    [PATHS.dpiaStep]: WRITTEN_STEPS.map((step) => ({ dpia: draft, step })),
    [PATHS.dpiaRisk]: [
      { dpia: draft, risk: 'new' },
      { dpia: sent, risk: 'R1' },
    ],
    [PATHS.dpiaMeasure]: [
      { dpia: draft, measure: 'new' },
      { dpia: sent, measure: '1' },
    ],
    [PATHS.dpiaAdvise]: dpia(sent),
    [PATHS.dpiaAdviceDecide]: dpia(advised),
    [PATHS.dpiaViews]: dpia(sent),
    [PATHS.dpiaCommissioner]: dpia(sent),
    [PATHS.dpiaCommissionerAdvice]: dpia(advised),
    [PATHS.dpiaApprove]: dpia(ready, sent, signed),
    [PATHS.dpiaPrint]: dpia(draft, signed),
  }
}
