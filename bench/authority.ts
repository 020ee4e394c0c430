import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { type Authorisation, authorise } from '../src/authorisation/index.ts'
import { generateKey, writeEnvelope } from '../src/signature/index.ts'
import { KEPT } from './material.ts'
import { type Command, peel } from './timed.ts'

const requester = generateKey()
const authoriser = generateKey()
const installation = generateKey()

/** Opens the containers that benches make. */
export const identity = await generateX25519Identity()
const recipient = await identityToRecipient(identity)

const folder = join(KEPT, 'authority')
mkdirSync(folder, { recursive: true })
const trust = join(folder, 'trust.txt')
writeFileSync(trust, `${requester.publicLine} id:pc4321\n${authoriser.publicLine} id:insp77\n`)
const signer = join(folder, 'installation.pem')
writeFileSync(signer, installation.privatePem, { mode: 0o600 })

/** A clause as an authorisation writes it, without its line of enquiry. */
export interface Clause {
  readonly records: readonly string[]
  readonly apps?: readonly string[]
  readonly between?: { readonly from: string; readonly to: string }
  readonly with?: readonly string[]
  readonly containing?: { readonly any: readonly string[] }
  readonly attachments?: boolean
}

/** The extraction of what one clause admits, as a command. */
export function extraction(source: string, clause: Clause, out: string, passwordFile?: string): Command {
  const words = ['--authorisation', authorised(clause), '--trust', trust, '--recipient', recipient, '--signer', signer]
  if (passwordFile !== undefined) words.push('--password-file', passwordFile)
  return peel('extract', source, ...words, '--out', out, '--json')
}

const written = new Map<string, string>()

function authorised(clause: Clause): string {
  const key = JSON.stringify(clause)
  const known = written.get(key)
  if (known !== undefined) return known
  const path = join(folder, `authorisation-${written.size + 1}.dsse.json`)
  writeFileSync(path, writeEnvelope(authorise(authorisationFor(clause), requester, authoriser)))
  written.set(key, path)
  return path
}

function authorisationFor(clause: Clause): Authorisation {
  return {
    format: 'peel-authorisation/1',
    reference: 'A/2026/0001',
    version: 1,
    power: 'pcsc-2022-s37',
    purpose: 'crime',
    device: { exhibit: 'AB/1', user_role: 'victim', description: 'a phone that never was' },
    lines_of_enquiry: [{ id: 'L1', proposition: 'how long it takes', why_this_device: 'it was made for it' }],
    scope: [{ id: 'C1', line_of_enquiry: 'L1', ...clause }],
    necessity: 'a measurement',
    proportionality: 'a measurement',
    alternatives: [{ means: 'guessing', outcome: 'not practicable', reason: 'it is not measuring' }],
    excess_information: { risk: false, reason: 'nobody in it exists' },
    confidential_information: { risk: false, reason: 'nobody in it exists' },
    agreement: { by: 'user', notice_served: '2026-01-01T10:00:00Z', agreed: '2026-01-01T10:20:00Z' },
    valid: { from: '2026-01-01T12:00:00Z', until: '2099-01-01T12:00:00Z' },
    requested_by: { id: 'pc4321', name: 'A Constable', rank: 'constable' },
    authorised_by: { id: 'insp77', name: 'An Inspector', rank: 'inspector' },
  } as unknown as Authorisation
}
