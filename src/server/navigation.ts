import { type Act, couldEver } from '../access/index.ts'
import type { Actor } from '../actions/index.ts'
import { PATHS } from './paths.ts'

/** The menu: what a person's roles could ever let them do, in the order of the flow. Areas add their line here. */
const MENU: readonly { readonly text: string; readonly href: string; readonly acts: readonly Act[] }[] = [
  { text: 'Waiting for you', href: '/', acts: [] },
  { text: 'Cases', href: '/cases', acts: ['case.see'] },
  { text: 'Requests to decide', href: '/decisions', acts: ['decision.grant'] },
  { text: 'Extractions', href: '/extractions', acts: ['extraction.start'] },
  { text: 'Retention', href: '/retention', acts: ['retention.decide', 'destruction.approve'] },
  { text: 'Recordings', href: '/archives', acts: ['archive.see'] },
  { text: 'Apps', href: '/apps', acts: ['app.see'] },
  { text: 'People', href: '/people', acts: ['people.see'] },
  { text: 'Breaches', href: '/breaches', acts: ['breach.see'] },
  { text: 'Processing', href: '/processing', acts: ['processing.see'] },
  { text: 'Phones', href: '/fleet', acts: ['fleet.see'] },
  { text: 'Instructions', href: '/instructions', acts: ['instruction.write'] },
  { text: 'Reported apps', href: '/app-reports', acts: ['app.see_reports'] },
  { text: 'Oversight', href: '/oversight', acts: ['oversight.see'] },
]

/**
 * Whose line a page stands under, by the beginning of its address: the first of these that is in somebody's menu. One page is part of different work
 * for different people: who reads an extract comes from its case, who keeps it comes from retention.
 */
const UNDER: readonly (readonly [begins: RegExp, lines: readonly string[]])[] = [
  [/^\/$/, ['/']],
  [/^\/requests\/[^/]+\/decision/, ['/decisions', '/cases']],
  [/^\/requests\/[^/]+\/extraction/, ['/extractions', '/cases']],
  [/^\/(cases|devices|requests)(\/|$)/, ['/cases', '/decisions']],
  [/^\/decisions(\/|$)/, ['/decisions']],
  [/^\/extractions(\/|$)/, ['/extractions', '/cases', '/decisions', '/retention']],
  [/^\/(retention|destructions)(\/|$)/, ['/retention', '/cases']],
  [/^\/(archives|batches)(\/|$)/, ['/archives']],
  [/^\/apps(\/|$)/, ['/apps', '/apps/ask']],
  [/^\/people(\/|$)/, ['/people']],
  [/^\/breaches(\/|$)/, ['/breaches']],
  [/^\/processing(\/|$)/, ['/processing']],
  [/^\/fleet(\/|$)/, ['/fleet']],
  [/^\/instructions(\/|$)/, ['/instructions']],
  [/^\/(app-reports|report-an-app)(\/|$)/, ['/app-reports']],
  [/^\/(oversight|log-proof)(\/|$)/, ['/oversight']],
]

/** The menu of one person, with the line of the page they are on. */
export function navigationFor(actor: Actor, path: string): { text: string; href: string; active: boolean }[] {
  const [at = ''] = path.split('?')
  const lines = UNDER.find(([begins]) => begins.test(at))?.[1] ?? []
  const menu = MENU.filter(({ acts }) => acts.length === 0 || acts.some((act) => couldEver(actor, act)))
  const active = lines.find((line) => menu.some(({ href }) => href === line))
  return menu.map(({ text, href }) => ({ text, href, active: href === active }))
}

/** Where somebody reports a breach, from the foot of every page (law row C27); undefined for whoever cannot. */
export function breachReportFor(actor: Actor): string | undefined {
  return couldEver(actor, 'breach.report') ? PATHS.breachReport : undefined
}

/** Where somebody asks for an app, from the foot of every page (law row E9); undefined for whoever cannot. */
export function askForAppFor(actor: Actor): string | undefined {
  return couldEver(actor, 'app.ask') ? PATHS.appAsk : undefined
}
