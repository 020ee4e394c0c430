import { type AuthorisationProblem, lintAuthorisation, parseAuthorisation } from '../../authorisation/index.ts'
import { describeScope } from '../../scope/index.ts'
import type { Command } from '../command.ts'
import { EXIT } from '../exit.ts'
import { readText } from '../read-input.ts'
import type { Terminal } from '../terminal.ts'

/** Validates an authorisation, reads its scope out in plain English, and warns. */
export const check: Command = {
  name: 'check',
  usage: '<authorisation.yaml> [--json]',
  summary: 'validates; the scope in plain English; warnings',
  words: ['<authorisation.yaml>'],
  options: { json: { type: 'boolean', help: 'print JSON' } },
  run(input, terminal) {
    const path = input.words[0] ?? ''
    const json = Boolean(input.options['json'])
    const parsed = parseAuthorisation(readText(path))
    if (!parsed.authorisation) {
      printProblems(parsed.problems, path, json, terminal)
      return EXIT.failed
    }
    const { authorisation } = parsed
    const scope = describeScope(authorisation.scope, authorisation.lines_of_enquiry)
    const warnings = lintAuthorisation(authorisation)
    if (json) {
      terminal.json({
        valid: true,
        reference: authorisation.reference,
        version: authorisation.version,
        scope,
        warnings,
      })
      return EXIT.done
    }
    terminal.line(
      `${terminal.bold(`${authorisation.reference}, version ${authorisation.version}`)}: ${terminal.good('valid')}`,
    )
    terminal.line()
    for (const paragraph of scope) terminal.paragraph(`${paragraph}\n`)
    if (warnings.length === 0) terminal.line('No warnings.')
    for (const { clause, message } of warnings) terminal.paragraph(`warning${clause ? ` (${clause})` : ''}: ${message}`)
    return EXIT.done
  },
}

/** Prints what is wrong with a document, and where. */
export function printProblems(
  problems: readonly AuthorisationProblem[],
  path: string,
  json: boolean,
  terminal: Terminal,
): void {
  if (json) {
    terminal.json({ valid: false, problems })
    return
  }
  terminal.error(`${path} is not a valid authorisation`, 'mend what is listed, then check again')
  for (const { path: where, line, message, hint } of problems)
    terminal.note(
      `  ${[line && `line ${line}`, where].filter(Boolean).join(', ') || 'the file'}: ${message}${hint ? ` — ${hint}` : ''}`,
    )
}
