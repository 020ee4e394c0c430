import { couldEver } from '../../../../access/index.ts'
import {
  adviceOn,
  allow,
  asksForAgreement,
  type DecisionView,
  isJournalistic,
  journalisticDecision,
  readDecision,
} from '../../../../actions/index.ts'
import type { Agreeing } from '../../../../notice/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route, Visit } from '../../../route.ts'
import { AGREEING_WORDS, FORMAT_WORDS } from '../../notice/words.ts'
import { keptPage } from '../../request/kept/kept.ts'
import { exhibitOf } from '../../request/question.ts'
import { readingOf } from '../../request/reading.ts'
import { summaryOf } from '../../request/summary.ts'
import { STATUS_WORDS } from '../../request/words.ts'
import { ADJUSTMENT_WORDS } from '../../device/words.ts'
import { OUTCOME_WORDS } from '../words.ts'

/** The whole request on one page, with what to think about in its margin, and the four outcomes. A grant has no page to edit it. */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.decision,
    who: 'request.see',
    about: 'request',
    logs: [],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const { ops } = service
      const id = params['request'] as string
      const at = { request: id }
      const view = await readDecision(ops, actor, id)
      if (view.whole.device.from_archive !== null) {
        const may =
          view.status === 'granted' && (await allow(ops, actor, 'decision.end', { of: 'request', id })).allowed
        return keptPage(view, {
          back: PATHS.decisions,
          backText: 'Back to requests to decide',
          ...(may && { end: pathTo(PATHS.decisionEnd, at) }),
        })
      }
      const open = view.status === 'submitted' && view.against === undefined
      const advice = await adviceOn(ops, id)
      const canAdvise =
        view.whole.decisions.length === 0 && (await allow(ops, actor, 'request.advise', { of: 'request', id })).allowed
      const journalistic = await journalisticOf(visit, view)
      const end = await allow(ops, actor, 'decision.end', { of: 'request', id })
      return {
        page: 'pages/decision/show/show.njk',
        view: {
          title: open ? `Decide request ${view.reference}` : `Request ${view.reference}`,
          caption: exhibitOf(view),
          back: PATHS.decisions,
          backText: 'Back to requests to decide',
          request: view,
          state: STATUS_WORDS[view.status],
          sections: summaryOf(view, false),
          chain: chainOf(view),
          reach: await readingOf(ops, view),
          haste: hasteOf(view),
          advice,
          advise: canAdvise ? pathTo(PATHS.requestAdvise, at) : undefined,
          journalistic,
          against: view.status === 'submitted' && couldEver(actor, 'decision.grant') ? view.against : undefined,
          outcomes: open
            ? {
                grant: journalistic && journalistic.outcome !== 'allowed' ? undefined : pathTo(PATHS.decisionGrant, at),
                narrow: pathTo(PATHS.decisionNarrow, at),
                return: pathTo(PATHS.decisionReturn, at),
                refuse: pathTo(PATHS.decisionRefuse, at),
              }
            : undefined,
          end: view.status === 'granted' && end.allowed ? pathTo(PATHS.decisionEnd, at) : undefined,
          decisions: view.whole.decisions.map((decision) => ({
            ...decision,
            says: OUTCOME_WORDS[decision.outcome],
            by: view.names[decision.decided_by],
          })),
          notice: view.whole.notice && pathTo(PATHS.noticePaper, { ...at, paper: 'served.pdf' }),
          asksAgreement: asksForAgreement(view.whole),
        },
      }
    },
  },
]

/** What became of journalistic material, where the request names any, and who may decide on it (law row G2). */
async function journalisticOf({ service: { ops }, actor }: Visit, view: DecisionView) {
  if (!isJournalistic(view)) return undefined
  const decided = await journalisticDecision(ops, view.id, view.whole.written)
  const may = await allow(ops, actor, 'decision.journalistic', { of: 'request', id: view.id }, { stepUp: true })
  return {
    ...decided,
    by: decided && [decided.name, decided.rank].filter(Boolean).join(', '),
    ...(view.status === 'submitted' &&
      decided === undefined &&
      may.allowed && { decide: pathTo(PATHS.decisionJournalistic, { request: view.id }) }),
  }
}

const CONFIRMED_WORDS = {
  written: 'They agreed in writing.',
  electronic: 'They agreed on a screen.',
  oral: 'They agreed aloud.',
} as const
const UNPRESSED = 'The officer declared that there was no undue pressure.'
/** An answer that comes sooner than this after the notice is worth a second look: there has to be time to read it and to think. */
const SOON = 60

/** How soon after the notice it was answered and sent, as facts for whoever decides (law rows B15, B28). */
function hasteOf({ whole: { notice, agreement }, submittedAt }: DecisionView): string[] {
  if (notice === undefined || agreement === undefined) return []
  const minutes = (from: Date, to: Date) => Math.max(1, Math.ceil((to.getTime() - from.getTime()) / 60_000))
  const within = (count: number) => `within ${count} ${count === 1 ? 'minute' : 'minutes'} of`
  const answered = minutes(notice.served_at, agreement.happened_at)
  const sent = submittedAt && minutes(agreement.happened_at, submittedAt)
  return [
    ...(answered < SOON ? [`Answered ${within(answered)} the notice.`] : []),
    ...(answered < SOON && sent !== undefined && sent < SOON ? [`Sent for decision ${within(sent)} the answer.`] : []),
  ]
}

function helpOf(adjustments: readonly string[]): string {
  return adjustments.map((one) => inSentence(ADJUSTMENT_WORDS[one as keyof typeof ADJUSTMENT_WORDS])).join('; ')
}

/** As it stands within a sentence: names keep their capitals. */
function inSentence(text: string): string {
  return text.startsWith('British') ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

/** How agreement came about, in the order of time (law rows B15, B26, B28). */
function chainOf({
  whole,
  names,
  requestedBy,
  submittedAt,
}: DecisionView): { at: Date; text: string; more?: string[] }[] {
  const { notice, agreement, withdrawal } = whole
  const by = (id: string | null) => names[id ?? ''] ?? 'the device user'
  return [
    ...(notice
      ? [
          {
            at: notice.served_at,
            text: `Notice served on ${inSentence(AGREEING_WORDS[notice.served_on as Agreeing])}, by ${by(notice.served_by)}`,
            more: [
              FORMAT_WORDS[notice.format as keyof typeof FORMAT_WORDS],
              ...(notice.adjustments.length > 0 ? [`Help given: ${helpOf(notice.adjustments)}.`] : []),
            ],
          },
        ]
      : []),
    ...(agreement
      ? [
          {
            at: agreement.happened_at,
            text: `${agreement.given_by_name || AGREEING_WORDS[agreement.given_by as Agreeing]} ${agreement.outcome === 'agreed' ? 'agreed' : 'did not agree'}, recorded by ${by(agreement.taken_by)}`,
            more: [
              ...(agreement.outcome === 'agreed' ? [`${CONFIRMED_WORDS[agreement.confirmed]} ${UNPRESSED}`] : []),
              ...(agreement.own_words ? [`Their words: ${agreement.own_words}`] : []),
              ...(agreement.views_of_child ? [`The child’s views: ${agreement.views_of_child}`] : []),
              ...(agreement.why_no_other_person ? [`Why nobody nearer: ${agreement.why_no_other_person}`] : []),
            ],
          },
        ]
      : []),
    ...(submittedAt
      ? [{ at: submittedAt, text: `Sent for decision by ${requestedBy.name}, ${requestedBy.rank}` }]
      : []),
    ...(withdrawal ? [{ at: withdrawal.happened_at, text: 'Agreement was withdrawn' }] : []),
  ]
}
