import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import {
  type LogCheck,
  logFolder,
  makeProof,
  parsePolicy,
  type Policy,
  policyOf,
  readVkey,
  verifyLog,
  verifyProof,
} from '../../tlog/index.ts'
import { type Command, type Input, text, texts } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { printChecks } from '../print-checks.ts'
import { readText } from '../read-input.ts'
import type { Terminal } from '../terminal.ts'

/** Checks a transparency log, or takes a proof out of it, from its files alone. */
export const log: Command = {
  name: 'log',
  usage:
    'verify|proof <log> [<index>] [--policy <file>] [--trust <vkeys>…] [--known <checkpoint>…] [--out <file>] [--json]',
  summary: 'verifies a transparency log or one proof; makes the proof of one entry',
  words: ['verify|proof', '<log>…'],
  options: {
    policy: { type: 'string', help: 'whose signatures count: a c2sp.org/tlog-policy file' },
    trust: {
      type: 'string',
      multiple: true,
      help: 'or verifier keys of log and witnesses, all of whom must have signed: a file, or the keys',
    },
    known: {
      type: 'string',
      multiple: true,
      help: 'a checkpoint kept from before, or had from elsewhere; may be repeated',
    },
    out: { type: 'string', help: 'where the proof goes; must not exist; printed otherwise' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const [verb, path = '', index, ...more] = input.words
    if (verb !== 'verify' && verb !== 'proof')
      throw new Stop(EXIT.usage, `there is no peel log ${verb}`, 'verify or proof')
    if (more.length > 0 || (verb === 'verify' && index !== undefined))
      throw new Stop(EXIT.usage, 'there is a word too many', 'peel log --help')
    if (!existsSync(path))
      throw new Stop(EXIT.usage, `${path} is not there`, 'give the folder of a log, as it is served')
    if (verb === 'proof') return prove(path, index, input, terminal)
    const policy = policyFrom(input)
    const known = texts(input, 'known').map(readText)
    const checks = statSync(path).isDirectory()
      ? (await verifyLog({ ...logFolder(path), policy, known })).checks
      : checkProof(path, policy)
    const good = checks.every(({ result }) => result !== 'failed')
    if (input.options['json']) terminal.json({ verified: good, checks })
    else printChecks(checks, terminal, 'keep this copy as it is, and ask whoever keeps the log and its witnesses')
    return good ? EXIT.done : EXIT.failed
  },
}

function policyFrom(input: Input): Policy | undefined {
  const file = text(input, 'policy')
  const trust = texts(input, 'trust')
  if (file !== undefined && trust.length > 0)
    throw new Stop(EXIT.usage, '--policy and --trust say the same in two ways', 'give one of them')
  if (file !== undefined) return parsePolicy(readText(file))
  if (trust.length === 0) return undefined
  const lines = trust.flatMap((value) =>
    (value.includes('+') && !existsSync(value) ? value : readText(value)).split(/\s+/),
  )
  return policyOf(lines.filter((line) => line !== '').map(readVkey))
}

async function prove(folder: string, index: string | undefined, input: Input, terminal: Terminal): Promise<number> {
  if (index === undefined || !/^\d{1,15}$/.test(index))
    throw new Stop(EXIT.usage, 'the index of the entry is missing', 'a whole number from 0 on, as the log counts')
  const proof = await makeProof(logFolder(folder).read, Number(index))
  const out = text(input, 'out')
  if (out !== undefined) writeFileSync(out, proof, { flag: 'wx' })
  if (input.options['json']) terminal.json({ index: Number(index), ...(out === undefined ? { proof } : { out }) })
  else terminal.line(out === undefined ? proof.trimEnd() : `entry ${Number(index)} is proved in ${out}`)
  return EXIT.done
}

function checkProof(path: string, policy: Policy | undefined): readonly LogCheck[] {
  if (policy === undefined)
    throw new Stop(
      EXIT.usage,
      'a proof cannot be checked without the key of its log',
      'give --policy, or --trust the keys',
    )
  const proved = verifyProof(readFileSync(path), policy)
  if (!proved.proved) return [{ name: 'proof', result: 'failed', detail: proved.reason }]
  const { index, size, origin, witnessed } = proved
  const detail = `entry ${index} of ${size} in ${origin}`
  const witnesses: LogCheck =
    policy.witnesses.length === 0
      ? { name: 'witnesses', result: 'not_checked', detail: 'no witness was given: nobody but the log vouches for it' }
      : witnessed
        ? { name: 'witnesses', result: 'passed', detail: 'enough have cosigned' }
        : { name: 'witnesses', result: 'failed', detail: 'too few have cosigned' }
  return [{ name: 'proof', result: 'passed', detail }, witnesses]
}
