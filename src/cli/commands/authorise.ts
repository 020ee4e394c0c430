import { writeFileSync } from 'node:fs'
import { authorise as sign, parseAuthorisation } from '../../authorisation/index.ts'
import { readPrivateKey, writeEnvelope } from '../../signature/index.ts'
import { type Command, text } from '../command.ts'
import { EXIT } from '../exit.ts'
import { readText } from '../read-input.ts'
import { printProblems } from './check.ts'

/** Signs an authorisation by its two people. */
export const authorise: Command = {
  name: 'authorise',
  usage: '<authorisation.yaml> --requester <key> --authoriser <key> --out <file.dsse.json> [--json]',
  summary: 'signs; refuses one key or one person twice',
  words: ['<authorisation.yaml>'],
  options: {
    requester: { type: 'string', required: true, help: "the requester's private key" },
    authoriser: { type: 'string', required: true, help: "the authoriser's private key: another person's" },
    out: { type: 'string', required: true, help: 'where the signed authorisation goes' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  run(input, terminal) {
    const path = input.words[0] ?? ''
    const parsed = parseAuthorisation(readText(path))
    if (!parsed.authorisation) {
      printProblems(parsed.problems, path, Boolean(input.options['json']), terminal)
      return parsed.problems.some(({ code }) => code === 'SAME_PERSON') ? EXIT.refused : EXIT.failed
    }
    const requester = readPrivateKey(readText(text(input, 'requester') ?? ''))
    const authoriser = readPrivateKey(readText(text(input, 'authoriser') ?? ''))
    const envelope = sign(parsed.authorisation, requester, authoriser)
    const out = text(input, 'out') ?? ''
    writeFileSync(out, writeEnvelope(envelope))
    const { reference, version } = parsed.authorisation
    if (input.options['json'])
      terminal.json({ file: out, reference, version, requester: requester.keyid, authoriser: authoriser.keyid })
    else terminal.line(`${out}: ${reference} version ${version}, signed by requester and authoriser`)
    return EXIT.done
  },
}
