import { allow, readAgreement, readDevice } from '../../../../actions/index.ts'
import type { Agreeing } from '../../../../notice/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route, Visit } from '../../../route.ts'
import { requestOf } from '../../notice/chosen.ts'
import { AGREEING_WORDS, captionOf } from '../../notice/words.ts'

/** What was recorded of the answer, with the papers to hand over, and what is next. */
export const doneRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.agreementDone,
    who: 'request.see',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const id = requestOf(visit)
      const at = { request: id }
      const { whole } = await readAgreement(visit.service.ops, visit.actor, id)
      const { agreement, request, device, notice, withdrawal } = whole
      if (agreement === undefined) return { redirect: pathTo(PATHS.request, at) }
      const paper = (name: string) => pathTo(PATHS.agreementPaper, { ...at, paper: name })
      const agreed = agreement.outcome === 'agreed'
      const writes = (await allow(visit.service.ops, visit.actor, 'request.write', { of: 'request', id })).allowed
      const fallback = agreed && agreement.given_by === 'responsible-adult'
      return {
        page: 'pages/agreement/done/done.njk',
        view: {
          title: agreed ? 'Agreement is recorded' : 'The refusal is recorded',
          caption: captionOf(whole),
          agreed,
          agreement,
          by: AGREEING_WORDS[agreement.given_by as Agreeing],
          noticePdf: notice && pathTo(PATHS.noticePaper, { ...at, paper: 'served.pdf' }),
          oralPdf: agreed && agreement.confirmed === 'oral' ? paper('oral-record.pdf') : undefined,
          refusedPdf: agreed ? undefined : paper('refused.pdf'),
          fallback,
          guardian: fallback && agreement.guardian_told === null ? pathTo(PATHS.agreementGuardian, at) : undefined,
          check: request.status === 'agreed' ? pathTo(PATHS.requestCheck, at) : undefined,
          giveBack: agreed ? undefined : await giveBackOf(visit, device.id),
          newVersion: !agreed && writes ? pathTo(PATHS.requestNewVersion, at) : undefined,
          withdraw: agreed && withdrawal === undefined ? pathTo(PATHS.agreementWithdraw, at) : undefined,
          withdrawn: withdrawal && pathTo(PATHS.agreementWithdrawn, at),
          request: pathTo(PATHS.request, at),
        },
      }
    },
  },
]

/** Where a device that is still held is given back; undefined where it was, or where somebody else gives it back. */
async function giveBackOf({ service: { ops }, actor }: Visit, device: string): Promise<string | undefined> {
  if (!(await allow(ops, actor, 'device.return', { of: 'device', id: device })).allowed) return undefined
  const { clock } = await readDevice(ops, actor, device)
  return clock.state === 'returned' ? undefined : pathTo(PATHS.deviceReturn, { device })
}
