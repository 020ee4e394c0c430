import type { Agreement, Authorisation } from '../../authorisation/index.ts'
import { type Clause, describeScope } from '../../scope/index.ts'
import { type Block, heading, type Line, paragraph } from '../document.ts'
import type { Material } from '../material.ts'
import { capital, listed, statedMoment } from '../words.ts'

const BY_WORDS: Readonly<Record<Agreement['by'], string>> = {
  user: 'the device user',
  'parent-or-guardian': 'a parent or guardian of the device user',
  'care-authority': 'the authority that cares for the device user',
  'social-worker': 'a social worker of the device user',
  attorney: 'an attorney of the device user',
  deputy: 'a deputy of the device user',
  'responsible-adult': 'a responsible adult',
}

/** What was authorised, why, and on what ground. */
export function authorisedSection({ authorisation }: Material): Block[] {
  const { lines_of_enquiry, scope, alternatives, excess_information, confidential_information } = authorisation
  const ground = groundOf(authorisation)
  return [
    heading(2, '1. What was authorised', 'authorised'),
    heading(3, 'Lines of enquiry'),
    {
      type: 'facts',
      facts: lines_of_enquiry.map(({ id, proposition, why_this_device }) => [
        id,
        [`${sentence(proposition)} Why this device: ${sentence(why_this_device, false)}`],
      ]),
    },
    heading(3, 'What might be taken'),
    paragraph(
      'A record is taken if any one of these clauses allows it. Within a clause, everything said must hold at once.',
    ),
    {
      type: 'facts',
      facts: scope.map((clause) => [`${clause.id}, for ${clause.line_of_enquiry}`, clauseWords(clause)]),
    },
    heading(3, 'Necessity'),
    paragraph(authorisation.necessity.trim()),
    heading(3, 'Proportionality'),
    paragraph(authorisation.proportionality.trim()),
    heading(3, 'Other means of obtaining the information'),
    alternatives === undefined || alternatives.length === 0
      ? paragraph('The authorisation names none.')
      : {
          type: 'table',
          caption: 'Alternatives considered',
          columns: [{ title: 'Means' }, { title: 'Outcome' }, { title: 'Reason', share: 2 }],
          rows: alternatives.map(({ means, outcome, reason }) => [capital(means), outcome, reason]),
        },
    heading(3, 'Risks to others’ privacy'),
    {
      type: 'facts',
      facts: [
        [
          'Information other than what was sought',
          `${excess_information.risk ? 'There was a risk' : 'No risk was seen'} of obtaining any: ${sentence(excess_information.reason, false)}`,
        ],
        [
          'Confidential information',
          [
            `${confidential_information.risk ? 'There was a risk' : 'No risk was seen'} of obtaining any: ${sentence(confidential_information.reason, false)}`,
            ...(confidential_information.kinds?.length
              ? [` Kinds: ${listed(confidential_information.kinds.map((kind) => kind.replaceAll('-', ' ')))}.`]
              : []),
            ...(confidential_information.amount
              ? [` How much: ${sentence(confidential_information.amount, false)}`]
              : []),
            ...(confidential_information.relevance
              ? [` Relevance: ${sentence(confidential_information.relevance, false)}`]
              : []),
          ],
        ],
      ],
    },
    heading(3, ground.title),
    { type: 'facts', facts: ground.facts },
    paragraph(
      `The authorisation is valid from ${statedMoment(authorisation.valid.from)} until ${statedMoment(authorisation.valid.until)}.`,
    ),
  ]
}

function groundOf(authorisation: Authorisation): { title: string; facts: readonly (readonly [string, Line])[] } {
  const { agreement, without_agreement, coroner, instrument } = authorisation
  const facts: [string, Line][] = []
  if (agreement) {
    facts.push(
      ['Agreed by', capital(BY_WORDS[agreement.by])],
      ['Notice served', statedMoment(agreement.notice_served)],
      ['Agreed', `${statedMoment(agreement.agreed)}, ${agreement.confirmed ?? 'written'}`],
    )
    if (agreement.copy_given) facts.push(['Copy given', statedMoment(agreement.copy_given)])
    if (agreement.user_is && agreement.user_is !== 'adult')
      facts.push(['The device user is', agreement.user_is === 'child' ? 'a child' : 'an adult without capacity'])
    if (agreement.views_of_child) facts.push(['Views of the child', agreement.views_of_child])
    if (agreement.why_no_other_person) facts.push(['Why nobody nearer agreed', agreement.why_no_other_person])
    return { title: 'Agreement', facts }
  }
  if (without_agreement) {
    const why = { 'user-died': 'the user has died', 'at-risk': 'the user is at risk', missing: 'the user is missing' }
    facts.push(['Condition', capital(why[without_agreement.condition])], ['Facts', without_agreement.facts])
    return { title: 'Why no agreement was needed', facts }
  }
  if (coroner) {
    facts.push(['Coroner’s reference', coroner.reference])
    if (coroner.area) facts.push(['Area', coroner.area])
    return { title: 'The investigation of a death', facts }
  }
  if (instrument) {
    facts.push([capital(instrument.kind.replaceAll('-', ' ')), instrument.reference])
    if (instrument.enactment) facts.push(['Under', instrument.enactment])
    if (instrument.issued) facts.push(['Issued', statedMoment(instrument.issued)])
    if (instrument.issued_by) facts.push(['Issued by', instrument.issued_by])
    if (instrument.expires) facts.push(['Expires', statedMoment(instrument.expires)])
  }
  return { title: 'What the power rests on', facts }
}

/** A clause in plain English; its name and line of enquiry stand beside it. */
function clauseWords(clause: Clause): string {
  const [text = ''] = describeScope([clause])
  const opening = `${clause.id}, for line of enquiry ${clause.line_of_enquiry}. `
  return text.startsWith(opening) ? text.slice(opening.length) : text
}

/** A text that somebody typed, as a sentence with one full stop. */
function sentence(text: string, first = true): string {
  const trimmed = text.trim().replace(/\.+$/, '')
  return `${first ? capital(trimmed) : trimmed}.`
}
