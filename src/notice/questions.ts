import { type Force, forceValues } from './force.ts'
import type { Paper } from './paper.ts'
import { type DeviceKind, type Language, Speaker } from './say.ts'
import { Writer } from './writer.ts'

const QUESTIONS = [
  'whole',
  'why',
  'no',
  'change',
  'who',
  'other',
  'long',
  'keep',
  'friends',
  'old',
  'complain',
] as const

/** Answers what people ask, for victims and witnesses (form DPNb; see `makeNotice` for what was not seen of it). */
export function questionsAndAnswers(force: Force, language: Language = 'en', device?: DeviceKind): Paper {
  const speaker = new Speaker(language, device)
  const writer = new Writer(speaker, forceValues(force))
  const title = writer.say('questions_title')
  const parts = QUESTIONS.map((question) =>
    writer.part(`q-${question}`, undefined, `q_${question}`, [writer.p(`a_${question}`)]),
  )
  return {
    format: 'peel-paper/1',
    kind: 'questions',
    form: 'DPNb',
    language,
    audience: 'user',
    title: title.text,
    ...(title.lang ? { title_lang: title.lang } : {}),
    from: force.name,
    facts: [],
    parts,
    untranslated: speaker.untranslated,
  }
}
