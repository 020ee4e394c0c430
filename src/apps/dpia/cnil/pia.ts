import { canonical } from '../../../records/index.ts'
import type { Dpia, Measure } from '../dpia.ts'
import { isBlank } from '../missing.ts'
import type { QuestionId } from '../questions.ts'
import type { Risk } from '../risk.ts'
import {
  EVENT_KINDS,
  EVENTS,
  GAUGE,
  type Held,
  heldIn,
  PIA_QUESTIONS,
  type PiaOddity,
  TEXTS,
  WITHOUT_QUESTION,
} from './held.ts'
import { answerTo, isMembers, type Members, parsePia, type PiaFile, textOf } from './pia-file.ts'
import { plainText, richText } from './rich-text.ts'

/** What came out of an export of the CNIL's PIA tool. */
export interface ImportedPia {
  readonly held: Held
  /** the file as it came: what has no field here is in it, and goes back by `exportPia` */
  readonly kept: string
  readonly oddities: readonly PiaOddity[]
}

export interface ExportedPia {
  /** JSON as the tool reads it */
  readonly text: string
  /** what of the assessment the tool has no place for: fields, as `missingFrom` names them */
  readonly left_out: readonly string[]
}

/**
 * Reads an export of the CNIL's PIA tool. Opinions and validations in it are somebody's under another law: they stay in
 * `kept` and approve nothing here. Throws DpiaError TOO_LARGE, TOO_DEEP, NOT_JSON or NOT_A_PIA.
 */
export function importPia(text: string): ImportedPia {
  return { ...heldIn(parsePia(text)), kept: text }
}

/**
 * Writes an assessment as the tool reads it. With the file that it came from (`kept`) only what differs from that is written;
 * everything else is given back as it came. Throws as `importPia` where `kept` is no such file.
 */
export function exportPia(
  dpia: Pick<Dpia, 'title' | 'answers' | 'measures' | 'risks' | 'advice'>,
  kept?: string,
): ExportedPia {
  const file = kept === undefined ? emptyPia() : parsePia(kept)
  const { held } = heldIn(file)
  const before = canonical(file)
  if (dpia.title !== held.title) file.pia.name = dpia.title
  for (const [question, id] of Object.entries(TEXTS))
    if ((dpia.answers[id] ?? '') !== (held.answers[id] ?? ''))
      dataFor(file, Number(question)).text = richText(dpia.answers[id] ?? '')
  writePeopleAsked(file.pia, dpia.answers.people_asked ?? '', held.answers.people_asked ?? '')
  if (canonical(dpia.measures) !== canonical(held.measures)) writeMeasures(file, dpia.measures, held.measures)
  for (const kind of EVENT_KINDS) {
    const now = riskOf(dpia.risks, kind)
    const was = held.risks.find((one) => one.kind === kind)
    if (now && was) writeRisk(file, EVENTS[kind], now, was)
  }
  if (dpia.advice && plainText(textOf(file.pia.dpo_opinion)) !== dpia.advice.summary) {
    file.pia.dpo_opinion = richText(dpia.advice.summary)
    file.pia.dpo_status = dpia.advice.advises === 'go_ahead' ? 1 : 0
    file.pia.dpos_names = dpia.advice.by.name
  }
  // Whoever validated it there validated another text.
  if (canonical(file) !== before) file.pia.status = 0
  return { text: JSON.stringify(file), left_out: leftOut(dpia) }
}

function emptyPia(): PiaFile {
  const answers = PIA_QUESTIONS.map((reference_to) => ({
    pia_id: 1,
    reference_to,
    data: { text: '', gauge: 0, list: [] },
  }))
  const pia = { id: 1, status: 0, name: '', author_name: '', evaluator_name: '', validator_name: '', category: '' }
  return { pia, answers, measures: [], evaluations: [], comments: [] }
}

function dataFor(file: PiaFile, question: number): Members {
  let answer = answerTo(file, question)
  if (answer === undefined) {
    answer = { pia_id: file.pia.id ?? 1, reference_to: question }
    file.answers.push(answer)
  }
  if (!isMembers(answer.data)) answer.data = { text: '', gauge: 0, list: [] }
  return answer.data as Members
}

function writePeopleAsked(pia: Members, now: string, was: string): void {
  if (now === was) return
  pia[
    pia.concerned_people_searched_opinion === false ? 'concerned_people_searched_content' : 'concerned_people_opinion'
  ] = richText(now)
}

/** Those that are still there keep what else the tool says of them; what was never held here stays. */
function writeMeasures(file: PiaFile, now: readonly Measure[], was: readonly Measure[]): void {
  const titleOf = (one: Members) => plainText(textOf(one.title))
  const said = new Map(was.map(({ title, says }) => [title, says]))
  const staying = file.measures.filter(
    (one) => !said.has(titleOf(one)) || now.some(({ title }) => title === titleOf(one)),
  )
  for (const { title, says } of now) {
    const there = staying.find((one) => titleOf(one) === title)
    if (there === undefined) staying.push({ title: richText(title), content: richText(says), pia_id: file.pia.id ?? 1 })
    else if (said.get(title) !== says) there.content = richText(says)
  }
  file.measures.splice(0, file.measures.length, ...staying)
}

function writeRisk(file: PiaFile, from: number, now: Risk, was: Risk): void {
  const lists = [now.impacts, now.threats, now.sources, now.measures]
  const before = [was.impacts, was.threats, was.sources, was.measures]
  for (const [at, list] of lists.entries())
    if (canonical(list) !== canonical(before[at])) dataFor(file, from + 1 + at).list = list.map(richText)
  if (now.severity !== was.severity) dataFor(file, from + 5).gauge = now.severity ? GAUGE[now.severity] : 0
  if (now.likelihood !== was.likelihood) dataFor(file, from + 6).gauge = now.likelihood ? GAUGE[now.likelihood] : 0
  if ((now.why_severity ?? '') !== (was.why_severity ?? ''))
    dataFor(file, from + 5).text = richText(now.why_severity ?? '')
  if ((now.why_likelihood ?? '') !== (was.why_likelihood ?? ''))
    dataFor(file, from + 6).text = richText(now.why_likelihood ?? '')
}

/** The tool has one risk of a kind: the one that came from it, else the first. */
function riskOf(risks: readonly Risk[], kind: string): Risk | undefined {
  return risks.find((one) => one.kind === kind && one.id === kind) ?? risks.find((one) => one.kind === kind)
}

function leftOut({ answers, risks }: Pick<Dpia, 'answers' | 'risks'>): string[] {
  const given = (id: QuestionId) => !isBlank(answers[id])
  return [
    ...WITHOUT_QUESTION.filter(given).map((id) => `answers.${id}`),
    ...risks.flatMap((risk, at) => {
      if (riskOf(risks, risk.kind) !== risk || risk.kind === 'other') return [`risks[${at}]`]
      const fields = (['says', 'effect', 'residual', 'approved'] as const).filter((field) => risk[field] !== undefined)
      return fields.filter((field) => risk[field] !== '').map((field) => `risks[${at}].${field}`)
    }),
  ]
}
