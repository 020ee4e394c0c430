/**
 * The heads under which Data Protection Act 2018 s.64(3) says what an assessment holds: (a) a general description of the
 * processing, (b) the risks to people, (c) the measures against them, (d) safeguards, security and how compliance is shown,
 * with regard to the people concerned.
 */
export type Head = 'a' | 'b' | 'c' | 'd'

/** The steps of the ICO's template. */
export type Step = 1 | 2 | 3 | 4 | 5 | 6 | 7

export const STEPS: Readonly<Record<Step, string>> = {
  1: 'Why an assessment is needed',
  2: 'What is done with data',
  3: 'Who was asked',
  4: 'Whether it is necessary and proportionate',
  5: 'Risks',
  6: 'Measures against them',
  7: 'Sign-off',
}

export const HEADS: Readonly<Record<Head, string>> = {
  a: 'a general description of the processing',
  b: 'the risks to the rights and freedoms of people',
  c: 'the measures against those risks',
  d: 'safeguards, security and how compliance is shown',
}

export interface Question {
  readonly step: Step
  readonly head: Head
  readonly asks: string
}

/** What is answered in words, steps 1 to 4, in the order in which it is asked. */
export const QUESTIONS = {
  aims: { step: 1, head: 'a', asks: 'What is the app to achieve, and what does it do with personal data?' },
  why_dpia: { step: 1, head: 'a', asks: 'Why is an assessment needed?' },

  life_of_data: { step: 2, head: 'a', asks: 'How is data collected, used, stored and deleted?' },
  source: { step: 2, head: 'a', asks: 'Where does the data come from?' },
  sharing: { step: 2, head: 'a', asks: 'With whom is data shared?' },
  high_risk: { step: 2, head: 'a', asks: 'Which kinds of processing that are likely to be of high risk are in it?' },
  data: { step: 2, head: 'a', asks: 'What data is it?' },
  sensitive_data: {
    step: 2,
    head: 'a',
    asks: 'Does it hold special category data or data on offences, and on which condition does that rest?',
  },
  volume: { step: 2, head: 'a', asks: 'How much data is collected and used?' },
  frequency: { step: 2, head: 'a', asks: 'How often?' },
  retention: { step: 2, head: 'a', asks: 'How long is it kept?' },
  people_affected: { step: 2, head: 'a', asks: 'How many people does it concern?' },
  area: { step: 2, head: 'a', asks: 'Which area does it cover?' },
  relationship: { step: 2, head: 'a', asks: 'How does the force stand towards these people?' },
  control: { step: 2, head: 'a', asks: 'How much say do they have in it?' },
  expectations: { step: 2, head: 'a', asks: 'Would they expect their data to be used like this?' },
  children_or_vulnerable: { step: 2, head: 'a', asks: 'Are children or other vulnerable people among them?' },
  prior_concerns: { step: 2, head: 'a', asks: 'Have there been concerns or security flaws with this before?' },
  technology: { step: 2, head: 'a', asks: 'Is it new in any way, and how far is technology in this field?' },
  public_concern: { step: 2, head: 'a', asks: 'What is the public concerned about here?' },
  codes: { step: 2, head: 'd', asks: 'Which codes of conduct, standards or certificates apply?' },
  purposes: { step: 2, head: 'a', asks: 'What is to be achieved, and for which purpose of the law?' },
  effect: { step: 2, head: 'a', asks: 'What is the effect meant to be on people?' },
  benefits: { step: 2, head: 'a', asks: 'What are the benefits, for the force and more widely?' },

  people_asked: {
    step: 3,
    head: 'b',
    asks: 'When and how are the people concerned asked for their views, or why not?',
  },
  colleagues_asked: { step: 3, head: 'b', asks: 'Who else in the force takes part?' },
  processors_asked: { step: 3, head: 'b', asks: 'Are processors asked to help?' },
  experts_asked: { step: 3, head: 'b', asks: 'Are experts in information security or others consulted?' },

  lawful_basis: { step: 4, head: 'a', asks: 'On which law does the processing rest?' },
  achieves_purpose: { step: 4, head: 'a', asks: 'Does the processing in fact achieve the purpose?' },
  alternatives: { step: 4, head: 'a', asks: 'Is there another way to achieve the same?' },
  function_creep: { step: 4, head: 'd', asks: 'How is use for anything else prevented?' },
  minimisation: { step: 4, head: 'd', asks: 'Why is each piece of data needed, and no less would do?' },
  quality: { step: 4, head: 'd', asks: 'How is data kept accurate?' },
  information: {
    step: 4,
    head: 'd',
    asks: 'What are people told, and how: staff, and whoever is on the other side?',
  },
  right_of_access: { step: 4, head: 'd', asks: 'How do people get to see their data?' },
  right_to_rectification_and_erasure: { step: 4, head: 'd', asks: 'How do people have data corrected or erased?' },
  right_to_restriction: { step: 4, head: 'd', asks: 'How do people have the use of data restricted?' },
  processors: { step: 4, head: 'd', asks: 'What holds processors to their duties?' },
  transfers: { step: 4, head: 'd', asks: 'Does data leave the United Kingdom, and what protects it then?' },
  security: { step: 4, head: 'd', asks: 'What keeps the data safe?' },
  compliance_shown: { step: 4, head: 'd', asks: 'How can the force show that it complies?' },
  other_people: {
    step: 4,
    head: 'd',
    asks: 'Whose rights and interests are touched besides, as of other people on a call, and how are they regarded?',
  },
} as const satisfies Readonly<Record<string, Question>>

export type QuestionId = keyof typeof QUESTIONS

export const QUESTION_IDS = Object.keys(QUESTIONS) as readonly QuestionId[]
