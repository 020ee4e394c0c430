import { statSync } from 'node:fs'
import { checkAuthorisation } from '../../authorisation/index.ts'
import { type Check, verifyExtract } from '../../verify/index.ts'
import { type Command, text, texts } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { printChecks } from '../print-checks.ts'
import { readIdentityFile, readText, readTrust } from '../read-input.ts'

/** Makes every check that can be made of something of ours. */
export const verify: Command = {
  name: 'verify',
  usage: '<anything of ours> [--trust <keys>] [--identity <file>] [--json]',
  summary: 'every check, in order of trust, each with its result',
  words: ['<anything of ours>'],
  options: {
    trust: { type: 'string', multiple: true, help: 'public keys to believe: a file, or the keys' },
    identity: { type: 'string', help: 'age identity of a recipient: checks what is inside as well' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const path = input.words[0] ?? ''
    const given = texts(input, 'trust')
    const trust = given.length === 0 ? [] : readTrust(given)
    const identity = text(input, 'identity')
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats === undefined)
      throw new Stop(EXIT.usage, `${path} is not there`, 'give an extract (*.peel) or an authorisation (*.dsse.json)')
    const { checks, hint } = stats.isDirectory()
      ? {
          checks: await verifyExtract(path, {
            trust,
            identities: identity === undefined ? undefined : readIdentityFile(identity),
          }),
          hint: ALTERED,
        }
      : verifyAuthorisation(readText(path), trust)
    const good = checks.every(({ result }) => result !== 'failed')
    if (input.options['json']) terminal.json({ verified: good, checks })
    else printChecks(checks, terminal, hint)
    return good ? EXIT.done : EXIT.failed
  },
}

const ALTERED = 'do not rely on this; ask for another copy, and keep this one as it is'

interface Verified {
  readonly checks: readonly Check[]
  /** what to do where a check failed */
  readonly hint: string
}

function verifyAuthorisation(envelope: string, trust: Parameters<typeof checkAuthorisation>[1]['trust']): Verified {
  if (trust.length === 0)
    throw new Stop(
      EXIT.usage,
      'an authorisation cannot be checked without the keys of those who signed it',
      'give --trust the public keys of requester and authoriser',
    )
  const decision = checkAuthorisation(envelope, { trust, now: Date.now() })
  if (decision.granted) {
    const { reference, version, valid } = decision.authorisation
    const checks: Check[] = [
      { name: 'two signatures', result: 'passed', detail: 'requested and authorised by two people' },
      {
        name: 'authorisation',
        result: 'passed',
        detail: `${reference}, version ${version}, valid until ${valid.until}`,
      },
    ]
    return { checks, hint: ALTERED }
  }
  const checks = decision.refusals.map(
    ({ code, message }): Check => ({
      name: code.toLowerCase().replaceAll('_', ' '),
      result: 'failed',
      detail: message,
    }),
  )
  return { checks, hint: decision.refusals.map(({ hint }) => hint).join('; ') }
}
