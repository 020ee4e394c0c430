import { openSource } from '../../acquisition/index.ts'
import { checkAuthorisation, type CheckFacts, type Refusal } from '../../authorisation/index.ts'
import { type ExtractResult, extract as run, signManifest } from '../../extraction/index.ts'
import { readPrivateKey } from '../../signature/index.ts'
import { type Command, type Input, text, texts } from '../command.ts'
import { EXIT } from '../exit.ts'
import { printOddities } from '../print-oddities.ts'
import { readPassword, readRecipients, readText, readTrust } from '../read-input.ts'
import { stoppable } from '../stoppable.ts'
import type { Terminal } from '../terminal.ts'
import { installationKey, toolIdentity } from '../tool.ts'

/** The main job. */
export const extract: Command = {
  name: 'extract',
  usage:
    '<source> --authorisation <file.dsse.json> --trust <keys> --recipient <age1…> --out <dir.peel> [--password-file F] [--json]',
  summary: 'takes what is authorised into a sealed extract',
  words: ['<source>'],
  options: {
    authorisation: { type: 'string', required: true, help: 'what `peel authorise` wrote' },
    trust: {
      type: 'string',
      required: true,
      multiple: true,
      help: 'public keys of requester and authoriser: a file, or the keys',
    },
    recipient: {
      type: 'string',
      required: true,
      multiple: true,
      help: 'age public key of whoever may open the extract',
    },
    out: { type: 'string', required: true, help: 'the sealed extract; must not exist' },
    'password-file': { type: 'string', help: 'file whose first line is the password of an encrypted source' },
    signer: { type: 'string', help: 'private key that signs the manifest; default: the key of this installation' },
    version: { type: 'string', multiple: true, help: 'another version of the authorisation that is known' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const started = performance.now()
    const envelope = readText(text(input, 'authorisation') ?? '')
    const facts = {
      trust: readTrust(texts(input, 'trust')),
      now: Date.now(),
      versions: texts(input, 'version').map(readText),
    }
    // Before anything of the phone is touched: what is refused without it is refused now.
    const first = checkAuthorisation(envelope, facts)
    if (!first.granted) return refuse(first.refusals, input, terminal)
    return stoppable(terminal, (stop) => fromSource(input, terminal, { envelope, facts, started, stop }))
  },
}

interface Given {
  readonly envelope: string
  readonly facts: CheckFacts
  /** when the command began, as `performance.now` counts */
  readonly started: number
  readonly stop: AbortSignal
}

async function fromSource(
  input: Input,
  terminal: Terminal,
  { envelope, facts, started, stop }: Given,
): Promise<number> {
  const source = await openSource(input.words[0] ?? '', { password: readPassword(text(input, 'password-file')) })
  try {
    const decision = checkAuthorisation(envelope, { ...facts, device: source.device })
    if (!decision.granted) return refuse(decision.refusals, input, terminal)
    const signer = text(input, 'signer')
    const key = signer === undefined ? await installationKey() : readPrivateKey(readText(signer))
    const { reference, version } = decision.authorisation
    const result = await run({
      source,
      grant: { reference, version, digest: decision.digest, scope: decision.scope, envelope },
      recipients: readRecipients(texts(input, 'recipient')),
      out: (text(input, 'out') ?? '').replace(/\/+$/, ''),
      tool: toolIdentity(),
      sign: (manifest) => signManifest(manifest, key),
      clock: () => Date.now(),
      stop,
      progress: ({ file, files, taken }) =>
        terminal.progress(() => `reading file ${file + 1} of ${files}; ${taken.toLocaleString('en-GB')} records taken`),
    })
    terminal.settled()
    const seconds = Math.round(performance.now() - started) / 1000
    if (input.options['json']) {
      const { extract: path, root, files, records, problems, ...more } = result
      terminal.json({ extract: path, root, files, records, problems, seconds, ...more })
    } else printResult(result, seconds, terminal)
    return EXIT.done
  } finally {
    await source.close()
  }
}

function refuse(refusals: readonly Refusal[], input: Input, terminal: Terminal): number {
  if (input.options['json']) terminal.json({ granted: false, refusals })
  for (const { message, hint } of refusals) terminal.error(`refused: ${message}`, hint)
  return EXIT.refused
}

function printResult(result: ExtractResult, seconds: number, terminal: Terminal): void {
  const number = (value: number) => value.toLocaleString('en-GB')
  const { not_opened, opened, missing } = result.files
  terminal.line(`${terminal.bold(result.extract)}  sealed in ${seconds.toFixed(1)} s`)
  terminal.line(`root      ${result.root}`)
  terminal.line(`files     ${number(not_opened)} not opened, ${number(opened)} opened, ${number(missing)} missing`)
  for (const [kind, { total, taken, context, left }] of Object.entries(result.records)) {
    terminal.line(
      `${kind.padEnd(13)} ${number(taken).padStart(9)} taken of ${number(total)}${context > 0 ? ` (${number(context)} as context)` : ''}`,
    )
    for (const [reason, count] of Object.entries(left))
      terminal.line(`              ${number(count ?? 0).padStart(9)} left: ${REASON_WORDS[reason] ?? reason}`)
  }
  terminal.line(`not asked for: ${result.not_asked_for.join(', ') || 'nothing'}`)
  printOddities(result.problems, terminal)
}

const REASON_WORDS: Record<string, string> = {
  app: 'another app',
  time: 'outside the time window',
  no_time: 'no usable time',
  party: 'other people',
  no_party: 'no other party named',
  place: 'somewhere else',
  no_place: 'no place',
  keyword: 'without the words',
  no_text: 'no text',
  deleted: 'deleted by the user',
  unreadable: 'could not be read',
}
