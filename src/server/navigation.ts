import { type Act, couldEver } from '../access/index.ts'
import type { Actor } from '../actions/index.ts'

/** The menu: what a person's roles could ever let them do, in the order of the flow. Areas add their line here. */
const MENU: readonly { readonly text: string; readonly href: string; readonly acts: readonly Act[] }[] = [
  { text: 'Waiting for you', href: '/', acts: [] },
  { text: 'Cases', href: '/cases', acts: ['case.see'] },
  { text: 'Requests to decide', href: '/decisions', acts: ['decision.grant'] },
  { text: 'Extractions', href: '/extractions', acts: ['extraction.start'] },
  { text: 'Retention', href: '/retention', acts: ['retention.decide', 'destruction.approve'] },
  { text: 'People', href: '/people', acts: ['people.see'] },
  { text: 'Oversight', href: '/oversight', acts: ['oversight.see'] },
]

/** The menu of one person, with the line of the page they are on. */
export function navigationFor(actor: Actor, path: string): { text: string; href: string; active: boolean }[] {
  return MENU.filter(({ acts }) => acts.length === 0 || acts.some((act) => couldEver(actor, act))).map(
    ({ text, href }) => ({
      text,
      href,
      active: href === '/' ? path === '/' : path.startsWith(href),
    }),
  )
}
