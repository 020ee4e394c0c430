import type { Person } from '../person.ts'
import { assessedDigest, type Dpia } from './dpia.ts'
import { QUESTION_IDS, type QuestionId } from './questions.ts'

export const JO: Person = { id: 'pc4321', name: 'Jo Marsh', role: 'app owner' }
export const SAM: Person = { id: 'supt12', name: 'Sam Okoro', role: 'senior information risk owner' }
export const ALEX: Person = { id: 'ci88', name: 'Alex Reid', role: 'information asset owner' }
export const ROBIN: Person = { id: 'dpo1', name: 'Robin Hale', role: 'data protection officer' }
export const KIM: Person = { id: 'st500', name: 'Kim Lowe', role: 'mobile platform' }

/** What somebody has written: every answer, a measure, and a risk that it reduces. */
export const WRITTEN: Pick<Dpia, 'answers' | 'measures' | 'risks'> = {
  answers: Object.fromEntries(QUESTION_IDS.map((id) => [id, `What is so about ${id}.`])) as Record<QuestionId, string>,
  measures: [{ title: 'Encryption', says: 'Everything on the phone is encrypted.' }],
  risks: [
    {
      id: 'R1',
      kind: 'access',
      says: 'A phone is lost, and somebody reads what a witness said.',
      impacts: ['A witness is found out'],
      threats: ['A phone is lost'],
      sources: ['A stranger'],
      likelihood: 'possible',
      severity: 'severe',
      measures: ['Encryption'],
      effect: 'reduced',
      residual: 'low',
      approved: true,
    },
  ],
}

/** An assessment that lacks nothing and that nobody advised on yet. */
export function aDraft(change: Partial<Dpia> = {}): Dpia {
  return {
    format: 'peel-dpia/1',
    reference: 'DPIA/2026/7',
    title: 'Notes at the scene',
    revision: 1,
    apps: ['scene-notes'],
    controller: { name: 'Westmark Police', contact: 'information management' },
    dpo: ROBIN,
    prepared_by: KIM,
    ...WRITTEN,
    review_on: '2027-06-01',
    kept_under_review_by: JO,
    ...change,
  }
}

/** The same, advised on and approved in June 2026. */
export function anApprovedDpia(change: Partial<Dpia> = {}): Dpia {
  const draft = aDraft(change)
  const of = assessedDigest(draft)
  return {
    ...draft,
    advice: {
      by: ROBIN,
      on: '2026-06-01',
      advises: 'go_ahead',
      summary: 'It may go ahead with the measures named.',
      of,
      outcome: 'accepted',
      decided_by: ALEX,
    },
    consultation_reviewed: { by: ALEX, on: '2026-06-01', follows_views: true },
    sign_off: { measures: { by: ALEX, on: '2026-06-02', of }, residual_risk: { by: SAM, on: '2026-06-02', of } },
    ...change,
  }
}
