/**
 * Conditions of DPA 2018 Schedule 8 on which sensitive processing may rest, of those that an extraction can meet; by the numbers of its paragraphs. What
 * a phone holds is presumed to be sensitive, so every request names one (DPA 2018 s.35(3), (5), (8); law row C3).
 */
export const SCHEDULE_8 = [
  {
    id: 'statutory-purpose',
    says: 'A function conferred by law, for reasons of substantial public interest',
    paragraph: 1,
  },
  { id: 'administration-of-justice', says: 'The administration of justice', paragraph: 2 },
  { id: 'vital-interests', says: 'Somebody’s vital interests', paragraph: 3 },
  { id: 'safeguarding', says: 'Safeguarding a child or an individual at risk', paragraph: 4 },
  { id: 'legal-claims', says: 'Legal claims, advice or proceedings', paragraph: 6 },
  { id: 'preventing-fraud', says: 'Preventing fraud', paragraph: 8 },
] as const
export type Schedule8Condition = (typeof SCHEDULE_8)[number]['id']

/** On what the processing of what is sensitive rests: DPA 2018 s.35(5). */
export interface SensitiveProcessing {
  readonly condition: Schedule8Condition
  /** s.35(5)(a): a stricter test than that of PCSC Act 2022 s.37(5)(c), with a reason of its own */
  readonly strictly_necessary: string
  /** the force's appropriate policy document: s.42, its reference and version */
  readonly policy_document: string
}
