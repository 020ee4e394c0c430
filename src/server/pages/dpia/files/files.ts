import { DPIA_FORMS, exportDpia, readDpiaFile } from '../../../../actions/index.ts'
import { HEADS, overall, QUESTION_IDS, QUESTIONS, STEPS } from '../../../../apps/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route } from '../../../route.ts'
import {
  ADVISES_WORDS,
  EFFECT_WORDS,
  KIND_WORDS,
  LEVEL_WORDS,
  LIKELIHOOD_WORDS,
  OUTCOME_WORDS,
  SEVERITY_WORDS,
  VERDICT_WORDS,
} from '../words.ts'

/** All of an assessment on one page, and as files (law row C25). */
export const filesRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.dpiaPrint,
    who: 'app.see',
    logs: [],
    handle: async ({ service: { ops }, actor, params }) => {
      const { row, standing } = await readDpiaFile(ops, actor, params['dpia'] ?? '')
      const { document } = row
      return {
        page: 'pages/dpia/files/print.njk',
        view: {
          title: row.title,
          caption: `${row.reference}, revision ${row.revision}`,
          back: pathTo(PATHS.dpia, { dpia: row.id }),
          backText: row.title,
          document,
          verdict: VERDICT_WORDS[standing.verdict].text,
          steps: ([1, 2, 3, 4] as const).map((step) => ({
            title: `${step}. ${STEPS[step]}`,
            questions: QUESTION_IDS.filter((id) => QUESTIONS[id].step === step).map((id) => ({
              asks: QUESTIONS[id].asks,
              head: HEADS[QUESTIONS[id].head],
              says: document.answers[id],
            })),
          })),
          risks: document.risks.map((risk) => ({
            ...risk,
            kind: KIND_WORDS[risk.kind],
            likelihood: risk.likelihood && LIKELIHOOD_WORDS[risk.likelihood],
            severity: risk.severity && SEVERITY_WORDS[risk.severity],
            before: risk.likelihood && risk.severity && LEVEL_WORDS[overall(risk.likelihood, risk.severity)],
            effect: risk.effect && EFFECT_WORDS[risk.effect],
            residual: risk.residual && LEVEL_WORDS[risk.residual],
          })),
          advice: document.advice && {
            ...document.advice,
            advises: ADVISES_WORDS[document.advice.advises],
            outcome: OUTCOME_WORDS[document.advice.outcome],
          },
        },
      }
    },
  },
  {
    method: 'GET',
    path: PATHS.dpiaFile,
    who: 'app.see',
    logs: ['dpia.exported'],
    handle: async ({ service: { ops }, actor, params }) => {
      const form = DPIA_FORMS.find((one) => one === params['form'])
      const dpia = params['dpia'] ?? ''
      if (form === undefined) return { redirect: pathTo(PATHS.dpia, { dpia }) }
      const { text } = await exportDpia(ops, actor, { dpiaId: dpia, form })
      const headers = { 'content-disposition': `attachment; filename="assessment-${form}.json"` }
      return { body: text, type: 'application/json; charset=utf-8', headers }
    },
  },
]
