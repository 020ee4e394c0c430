import type { Dpia, Measure } from './dpia.ts'
import type { Risk } from './risk.ts'

/** An id that no risk of an assessment has yet. */
export function freeRiskId({ risks }: Pick<Dpia, 'risks'>): string {
  const used = new Set(risks.map(({ id }) => id))
  let at = risks.length + 1
  while (used.has(`R${at}`)) at++
  return `R${at}`
}

/** An assessment with a risk, in the place of the one with its id where there is one. */
export function withRisk(dpia: Dpia, risk: Risk): Dpia {
  const { risks } = dpia
  return {
    ...dpia,
    risks: risks.some(({ id }) => id === risk.id)
      ? risks.map((one) => (one.id === risk.id ? risk : one))
      : [...risks, risk],
  }
}

/** An assessment without the risk of an id. */
export function withoutRisk(dpia: Dpia, id: string): Dpia {
  return { ...dpia, risks: dpia.risks.filter((one) => one.id !== id) }
}

/** What is wrong with a measure that is to stand at a place of the list, or behind it: risks name measures by their titles, so none may stand there twice. */
export function measureFaults(
  { measures }: Pick<Dpia, 'measures'>,
  at: number,
  { title, says }: Measure,
): { field: keyof Measure; says: string }[] {
  return [
    ...(title === '' ? [{ field: 'title', says: 'Enter what it is called' } as const] : []),
    ...(measures.some((one, index) => one.title === title && index !== at)
      ? [{ field: 'title', says: 'There is a measure with this name already' } as const]
      : []),
    ...(says === '' ? [{ field: 'says', says: 'Enter what is done' } as const] : []),
  ]
}

/** An assessment with a measure at a place of the list, or behind it where there is no such place. Risks that name it by its old title name it by its new one. */
export function withMeasure(dpia: Dpia, at: number, measure: Measure): Dpia {
  const was = dpia.measures[at]?.title
  if (was === undefined) return { ...dpia, measures: [...dpia.measures, measure] }
  return {
    ...dpia,
    measures: dpia.measures.map((one, index) => (index === at ? measure : one)),
    risks: dpia.risks.map((risk) => ({
      ...risk,
      measures: risk.measures.map((title) => (title === was ? measure.title : title)),
    })),
  }
}

/** An assessment without the measure at a place of the list; no risk names it any more. */
export function withoutMeasure(dpia: Dpia, at: number): Dpia {
  const gone = dpia.measures[at]?.title
  return {
    ...dpia,
    measures: dpia.measures.filter((_, index) => index !== at),
    risks: dpia.risks.map((risk) => ({ ...risk, measures: risk.measures.filter((title) => title !== gone) })),
  }
}
