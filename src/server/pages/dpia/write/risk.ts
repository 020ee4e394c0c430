import {
  type Dpia,
  type DpiaRisk,
  EFFECTS,
  LEVELS,
  LIKELIHOODS,
  residualFaults,
  RISK_KINDS,
  SEVERITIES,
} from '../../../../apps/index.ts'
import type { FieldError } from '../../../form.ts'
import { type Answers, linesOf, type Question, YES_NO } from '../../../questions.ts'
import { choices, EFFECT_WORDS, KIND_WORDS, LEVEL_WORDS, LIKELIHOOD_WORDS, SEVERITY_WORDS } from '../words.ts'

/** Steps 5 and 6 of one risk: what it is, how great, what is done against it and what is left. */
export function riskQuestions({ measures }: Dpia): readonly Question[] {
  return [
    {
      ask: 'text',
      name: 'says',
      rows: 3,
      label: 'What is the risk?',
      hint: 'Where it comes from, and what it would do to people.',
    },
    { ask: 'one', name: 'kind', label: 'What happens to the data?', of: choices(KIND_WORDS) },
    { ask: 'text', name: 'impacts', rows: 3, label: 'What would it do to people?', hint: 'One on each line.' },
    { ask: 'text', name: 'threats', rows: 3, label: 'What could make it happen?', hint: 'One on each line.' },
    { ask: 'text', name: 'sources', rows: 3, label: 'Who or what could cause it?', hint: 'One on each line.' },
    { ask: 'one', name: 'likelihood', label: 'How likely is it?', of: choices(LIKELIHOOD_WORDS) },
    { ask: 'line', name: 'why_likelihood', label: 'Why is it that likely?' },
    { ask: 'one', name: 'severity', label: 'How bad would it be?', of: choices(SEVERITY_WORDS) },
    { ask: 'line', name: 'why_severity', label: 'Why would it be that bad?' },
    {
      ask: 'several',
      name: 'measures',
      label: 'Which measures work against it?',
      ...(measures.length === 0 && { hint: 'None is described yet. Save this, then add them to the assessment.' }),
      of: measures.map(({ title }) => ({ value: title, text: title })),
    },
    { ask: 'one', name: 'effect', label: 'What do the measures do to it?', of: choices(EFFECT_WORDS) },
    { ask: 'one', name: 'residual', label: 'How great is the risk with these measures?', of: choices(LEVEL_WORDS) },
    { ask: 'one', name: 'approved', inline: true, label: 'Are the measures agreed?', of: YES_NO },
  ]
}

/** What is answered of a risk already. */
export function riskAnswers(risk: DpiaRisk): Answers {
  const { says, kind, impacts, threats, sources, likelihood, why_likelihood, severity, why_severity } = risk
  return {
    says,
    kind,
    impacts: impacts.join('\n'),
    threats: threats.join('\n'),
    sources: sources.join('\n'),
    likelihood,
    why_likelihood,
    severity,
    why_severity,
    measures: risk.measures,
    effect: risk.effect,
    residual: risk.residual,
    ...(risk.approved !== undefined && { approved: risk.approved ? 'yes' : 'no' }),
  }
}

/** A risk as it was typed. What is not answered yet is absent; what cannot be so is said. */
export function riskGiven(id: string, given: Answers): { risk: DpiaRisk; errors: FieldError[] } {
  const text = (name: string) => String(given[name] ?? '')
  const one = <T extends string>(name: string, of: readonly T[]) => of.find((value) => value === text(name))
  const likelihood = one('likelihood', LIKELIHOODS)
  const severity = one('severity', SEVERITIES)
  const effect = one('effect', EFFECTS)
  const residual = one('residual', LEVELS)
  const risk: DpiaRisk = {
    id,
    kind: one('kind', RISK_KINDS) ?? 'other',
    says: text('says'),
    impacts: linesOf(text('impacts')),
    threats: linesOf(text('threats')),
    sources: linesOf(text('sources')),
    ...(likelihood && { likelihood }),
    ...(text('why_likelihood') !== '' && { why_likelihood: text('why_likelihood') }),
    ...(severity && { severity }),
    ...(text('why_severity') !== '' && { why_severity: text('why_severity') }),
    measures: Array.isArray(given['measures']) ? (given['measures'] as string[]) : [],
    ...(effect && { effect }),
    ...(residual && { residual }),
    ...(text('approved') !== '' && { approved: text('approved') === 'yes' }),
  }
  return {
    risk,
    errors: [
      ...(risk.says === '' ? [{ field: 'says', text: 'Enter what the risk is' }] : []),
      ...residualFaults(risk).map((says) => ({ field: 'residual', text: says })),
    ],
  }
}
