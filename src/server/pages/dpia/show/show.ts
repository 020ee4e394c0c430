import { couldEver } from '../../../../access/index.ts'
import { type DpiaFile, isSigned, readDpiaFile, reviseDpia, sendForAdvice } from '../../../../actions/index.ts'
import { HEADS, missingFrom, overall, type Step, STEPS } from '../../../../apps/index.ts'
import { taken } from '../../../not-taken.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { reasonSays } from '../../app/words.ts'
import { LEVEL_WORDS, ODDITY_WORDS, VERDICT_WORDS } from '../words.ts'
import { nextSteps } from './next-steps.ts'
import { signOffRows } from './sign-off-rows.ts'

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
      return { redirect: `${pathTo(PATHS.dpia, { dpia })}?done=${not === undefined ? 'sent' : 'not_sent'}` }
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
      ...(query['done'] === 'not_sent' && {
        notDone: 'It is not sent, because something is missing. See below which steps lack something.',
      }),
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
