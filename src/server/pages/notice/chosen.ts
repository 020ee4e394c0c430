import { type Answers, type NoticeChoices, readAnswers } from '../../../actions/index.ts'
import { type Agreeing, LANGUAGES, type Language } from '../../../notice/index.ts'
import type { Visit } from '../../route.ts'

/** The request that a page is about. */
export function requestOf({ params }: Pick<Visit, 'params'>): string {
  return params['request'] ?? ''
}

/** How the notice is to read, as it was chosen on the page before; undefined where nobody has chosen yet. */
export async function chosenFor(visit: Visit): Promise<NoticeChoices | undefined> {
  return choicesOf(await readAnswers(visit.service.ops, visit.actor, 'notice', requestOf(visit)))
}

/** Reads choices as they were kept. */
export function choicesOf(answers: Answers): NoticeChoices | undefined {
  const { to, language, reason, returnBy } = answers as Readonly<Record<string, string | undefined>>
  if (to === undefined || !LANGUAGES.includes(language as Language)) return undefined
  return {
    to: to as Agreeing,
    language: language as Language,
    ...(reason && { reasonInPlainWords: reason }),
    ...(returnBy && { returnBy }),
  }
}
