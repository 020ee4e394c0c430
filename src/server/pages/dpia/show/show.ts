import { couldEver } from '../../../../access/index.ts'
import {
  type Actor,
  type DpiaFile,
  isSigned,
  readDpiaFile,
  reviseDpia,
  sendForAdvice,
} from '../../../../actions/index.ts'
import {
  assessedDigest,
  awaitsCommissionerUntil,
  HEADS,
  missingFrom,
  mustConsult,
  overall,
  type Step,
  STEPS,
} from '../../../../apps/index.ts'
import { taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { reasonSays } from '../../app/words.ts'
import { ADVISES_WORDS, LEVEL_WORDS, ODDITY_WORDS, OUTCOME_WORDS, PART_WORDS, VERDICT_WORDS } from '../words.ts'

const DONE: Readonly<Record<string, string>> = {
  begun: 'The assessment is begun.',
  saved: 'Saved.',
  sent: 'The data protection officer is asked for advice.',
  advised: 'Your advice is on record. Somebody else decides on it.',
  decided: 'Your decision is on record.',
}

/** One assessment: what it is worth today, what is missing, and what is next for whoever looks (law rows C25, C26, C29). */
export const showRoutes: readonly Route[] = [
  { method: 'GET', path: PATHS.dpia, who: 'app.see', logs: [], handle: (visit) => page(visit) },
  {
    method: 'POST',
    path: PATHS.dpiaSend,
    formOn: PATHS.dpia,
    who: 'dpia.write',
    logs: ['dpia.sent'],
    handle: async (visit) => {
      const dpia = visit.params['dpia'] ?? ''
      const not = await taken(() => sendForAdvice(visit.service.ops, visit.actor, dpia))
      return { redirect: `${pathTo(PATHS.dpia, { dpia })}${not === undefined ? '?done=sent' : ''}` }
    },
  },
  {
    method: 'POST',
    path: PATHS.dpiaRevise,
    formOn: PATHS.dpia,
    who: 'dpia.write',
    logs: ['dpia.revised'],
    handle: async (visit) => {
      const dpia = visit.params['dpia'] ?? ''
      await reviseDpia(visit.service.ops, visit.actor, dpia)
      return { redirect: pathTo(PATHS.dpia, { dpia }) }
    },
  },
]

async function page({ service: { ops }, actor, params, query }: Visit): Promise<Answer> {
  const file = await readDpiaFile(ops, actor, params['dpia'] ?? '')
  const { row, standing } = file
  const { document } = row
  const to = (path: string, more: Record<string, string> = {}) => pathTo(path, { dpia: row.id, ...more })
  const writes = couldEver(actor, 'dpia.write') && !isSigned(document)
  const missing = missingFrom(document)
  const codes = (query['odd'] ?? '').split(',')
  return {
    page: 'pages/dpia/show/show.njk',
    view: {
      title: row.title,
      caption: `${row.reference}, revision ${row.revision}`,
      back: PATHS.dpias,
      backText: 'Assessments',
      done: DONE[query['done'] ?? ''],
      oddities: Object.entries(ODDITY_WORDS).flatMap(([code, says]) => (codes.includes(code) ? [says] : [])),
      tag: VERDICT_WORDS[standing.verdict],
      reasons: standing.verdict === 'draft' ? [] : standing.reasons.map((one) => reasonSays(one, () => undefined)),
      apps: file.apps
        .filter(({ id }) => document.apps.includes(id))
        .map(({ id, title }) => ({ title, href: pathTo(PATHS.app, { app: id }) })),
      steps: stepRows(file, missing, writes ? (step) => to(PATHS.dpiaStep, { step: String(step) }) : undefined),
      missing: missing.map(({ says, step, head }) => ({ says, step, head: head && HEADS[head] })),
      risks: document.risks.map(({ id, says, likelihood, severity, residual }) => ({
        text: says.trim() === '' ? 'A risk that is not described yet' : says,
        before: likelihood && severity ? LEVEL_WORDS[overall(likelihood, severity)] : undefined,
        after: residual && LEVEL_WORDS[residual],
        href: writes ? to(PATHS.dpiaRisk, { risk: id }) : undefined,
      })),
      measures: document.measures.map(({ title, says }, at) => ({
        title,
        says,
        href: writes ? to(PATHS.dpiaMeasure, { measure: String(at + 1) }) : undefined,
      })),
      riskNew: writes ? to(PATHS.dpiaRisk, { risk: 'new' }) : undefined,
      measureNew: writes ? to(PATHS.dpiaMeasure, { measure: 'new' }) : undefined,
      signOff: signOffRows(file),
      next: nextSteps(file, actor, missing.length === 0, to),
      print: to(PATHS.dpiaPrint),
      files: [
        { text: 'Download all of it (JSON)', href: to(PATHS.dpiaFile, { form: 'peel' }) },
        {
          text: 'Download for the PIA tool of CNIL, the French regulator (JSON)',
          href: to(PATHS.dpiaFile, { form: 'cnil' }),
        },
      ],
    },
  }
}

function stepRows(
  { row: { document }, standing }: DpiaFile,
  missing: ReturnType<typeof missingFrom>,
  hrefOf?: (step: number) => string,
) {
  const isSignedOff = standing.verdict === 'in_date' || standing.verdict === 'review_due'
  return (Object.entries(STEPS) as [string, string][]).map(([number, text]) => {
    const step = Number(number) as Step
    const lacks = missing.filter((one) => one.step === step).length
    // Risks and measures are lists of their own below.
    const href = step === 5 ? '#risks' : step === 6 ? '#measures' : hrefOf?.(step)
    const isEmpty = step === 6 && document.measures.length === 0
    const status = isEmpty ? 'Nothing yet' : step === 7 && !isSignedOff ? 'Not approved yet' : 'Complete'
    return { number, text, lacks, href, status }
  })
}

/** Step 7 as far as it has come. */
function signOffRows({ row: { document }, advice }: DpiaFile) {
  const { advice: decided, consultation_reviewed: views, commissioner, sign_off } = document
  const until = awaitsCommissionerUntil(document)
  const current = advice?.assessed === assessedDigest(document)
  return [
    {
      key: 'Advice of the data protection officer',
      lines:
        advice === undefined
          ? ['Not asked for yet']
          : advice.advises === null
            ? [current ? 'Asked for' : 'Asked for on an earlier text']
            : [
                ADVISES_WORDS[advice.advises],
                advice.summary ?? '',
                ...(current ? [] : ['It is about an earlier text.']),
              ],
    },
    {
      key: 'Decision on the advice',
      lines:
        decided === undefined
          ? ['Nothing yet']
          : [
              `${OUTCOME_WORDS[decided.outcome]} by ${decided.decided_by.name}`,
              ...(decided.reasons ? [decided.reasons] : []),
            ],
    },
    {
      key: 'Views of people',
      lines:
        views === undefined
          ? ['Nobody has looked at them yet']
          : [
              `${views.follows_views ? 'Followed' : 'Not followed'}: looked at by ${views.by.name}`,
              ...(views.reasons ? [views.reasons] : []),
            ],
    },
    ...(commissioner === undefined && !mustConsult(document)
      ? []
      : [
          {
            key: 'Information Commissioner',
            lines:
              commissioner === undefined
                ? ['A high risk is left: they must be consulted first']
                : commissioner.advice === undefined
                  ? [`Consulted. Their advice is due by ${until === undefined ? '' : dayWords(until)}`]
                  : [commissioner.advice.may_begin ? 'It may begin' : 'It may not begin', commissioner.advice.summary],
          },
        ]),
    ...(['measures', 'residual_risk'] as const).map((part) => ({
      key: `${PART_WORDS[part]} approved`,
      lines: [sign_off?.[part] === undefined ? 'Not yet' : `By ${sign_off[part].by.name}`],
    })),
  ]
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

function dayWords(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`))
}

/** What is next for this person. */
function nextSteps(
  { row: { document }, advice }: DpiaFile,
  actor: Actor,
  whole: boolean,
  to: (path: string) => string,
): { text: string; href: string; posts?: true }[] {
  const current = advice !== undefined && advice.assessed === assessedDigest(document)
  const steps: { text: string; href: string; posts?: true }[] = []
  const signed = isSigned(document)
  if (couldEver(actor, 'dpia.write')) {
    if (whole && !signed && !current) steps.push({ text: 'Send it for advice', href: to(PATHS.dpiaSend), posts: true })
    if (document.sign_off?.measures && document.sign_off.residual_risk)
      steps.push({ text: 'Begin another revision', href: to(PATHS.dpiaRevise), posts: true })
  }
  if (couldEver(actor, 'dpia.advise') && current && advice.advised_at === null)
    steps.push({ text: 'Give your advice', href: to(PATHS.dpiaAdvise) })
  if (couldEver(actor, 'dpia.decide')) {
    if (advice !== undefined && advice.advised_at !== null && advice.decided_at === null)
      steps.push({ text: 'Decide on the advice', href: to(PATHS.dpiaAdviceDecide) })
    if (whole && !signed) {
      if (document.consultation_reviewed === undefined)
        steps.push({ text: 'Look at what people answered', href: to(PATHS.dpiaViews) })
      if (mustConsult(document) && document.commissioner === undefined)
        steps.push({ text: 'Record that the Commissioner is consulted', href: to(PATHS.dpiaCommissioner) })
      if (document.commissioner !== undefined && document.commissioner.advice === undefined)
        steps.push({ text: 'Record what the Commissioner advised', href: to(PATHS.dpiaCommissionerAdvice) })
    }
    if (document.advice !== undefined && !(document.sign_off?.measures && document.sign_off.residual_risk))
      steps.push({ text: 'Approve measures or risks', href: to(PATHS.dpiaApprove) })
  }
  return steps
}
