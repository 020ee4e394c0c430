import { couldEver } from '../../../../access/index.ts'
import type { Actor, AppFile } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'

/** Something that whoever looks may do next: a page, or a form that does it at once. */
export interface NextStep {
  readonly text: string
  readonly href: string
  /** a form of one button */
  readonly posts?: true
  readonly quiet?: true
}

/** What is next for this person, by where the app stands; what another has to do is not offered. */
export function nextSteps({ row, asking }: AppFile, actor: Actor): NextStep[] {
  const to = (path: string) => pathTo(path, { app: row.id })
  const manages = couldEver(actor, 'app.manage')
  const { state } = row
  const forms: NextStep[] = []
  if (manages && asking === undefined) {
    if (state === 'requested') forms.push({ text: 'Say whether it goes further', href: to(PATHS.appScreen) })
    if (state === 'screened') forms.push({ text: 'Begin its assessment', href: to(PATHS.appAssess), posts: true })
    if (state === 'dpia') forms.push({ text: 'Ask for a trial', href: to(PATHS.appTrial) })
    if (state === 'suspended') forms.push({ text: 'Ask for another trial', href: to(PATHS.appTrial) })
    if (state === 'trial' || state === 'suspended')
      forms.push({ text: 'Ask for approval', href: to(PATHS.appApproval) })
    if (state === 'withdrawn') forms.push({ text: 'Show that it is gone', href: to(PATHS.appRemoval) })
  }
  if (manages && !['removed', 'refused'].includes(state))
    forms.push({ text: 'Look into a package', href: to(PATHS.appPackage), quiet: true })
  if (couldEver(actor, 'app.suspend')) {
    if (state === 'trial' || state === 'approved')
      forms.push({ text: 'Suspend it', href: to(PATHS.appSuspend), quiet: true })
    if (!['withdrawn', 'removed', 'refused'].includes(state))
      forms.push({ text: 'Withdraw it', href: to(PATHS.appWithdraw), quiet: true })
  }
  return forms
}
