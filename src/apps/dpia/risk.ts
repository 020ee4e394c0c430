/** How likely harm is, least first: the ICO's template, step 5. */
export const LIKELIHOODS = ['remote', 'possible', 'probable'] as const
/** How bad it would be, least first. */
export const SEVERITIES = ['minimal', 'significant', 'severe'] as const
export const LEVELS = ['low', 'medium', 'high'] as const
/** What measures do to a risk: the ICO's template, step 6. */
export const EFFECTS = ['eliminated', 'reduced', 'accepted'] as const
/** What happens to the data: the CNIL's three feared events, and any other. */
export const RISK_KINDS = ['access', 'change', 'loss', 'other'] as const

export type Likelihood = (typeof LIKELIHOODS)[number]
export type Severity = (typeof SEVERITIES)[number]
export type Level = (typeof LEVELS)[number]
export type Effect = (typeof EFFECTS)[number]
export type RiskKind = (typeof RISK_KINDS)[number]

/** One risk to people. What is not yet decided is absent. */
export interface Risk {
  readonly id: string
  readonly kind: RiskKind
  /** where it comes from and what it would do to people, in a sentence or two */
  readonly says: string
  readonly impacts: readonly string[]
  readonly threats: readonly string[]
  readonly sources: readonly string[]
  readonly likelihood?: Likelihood
  readonly why_likelihood?: string
  readonly severity?: Severity
  readonly why_severity?: string
  /** titles of measures of the assessment */
  readonly measures: readonly string[]
  readonly effect?: Effect
  readonly residual?: Level
  /** whether the measures were approved: step 6, last column */
  readonly approved?: boolean
}

// Rows by severity, columns by likelihood: the matrix of the ICO's guidance on assessments.
const MATRIX: Readonly<Record<Severity, Readonly<Record<Likelihood, Level>>>> = {
  minimal: { remote: 'low', possible: 'low', probable: 'low' },
  significant: { remote: 'low', possible: 'medium', probable: 'high' },
  severe: { remote: 'low', possible: 'high', probable: 'high' },
}

/** How great a risk is before measures. */
export function overall(likelihood: Likelihood, severity: Severity): Level {
  return MATRIX[severity][likelihood]
}

/** What cannot be so: a risk that measures made greater, or that is the same and another. Empty where nothing is decided yet. */
export function residualFaults({ likelihood, severity, effect, residual }: Risk): string[] {
  if (likelihood === undefined || severity === undefined || residual === undefined || effect === undefined) return []
  const before = overall(likelihood, severity)
  const faults: string[] = []
  if (LEVELS.indexOf(residual) > LEVELS.indexOf(before))
    faults.push('What is left of the risk is greater than the risk was.')
  if (effect === 'accepted' && residual !== before)
    faults.push('The risk is accepted as it is, so what is left of it is all of it.')
  if (effect === 'eliminated' && residual !== 'low')
    faults.push('The risk is said to be gone, and something is left of it.')
  return faults
}
