import type { Scope } from '../scope/index.ts'
import {
  type Envelope,
  IN_TOTO,
  openEnvelope,
  type PublicKey,
  SignatureError,
  type VerifiedSignature,
  verifyEnvelope,
} from '../signature/index.ts'
import type { Authorisation } from './authorisation.ts'
import { compareDevice, type SourceDevice } from './device.ts'
import { parseInstant } from './instant.ts'
import { type Refusal, REFUSAL_CODES, type RefusalCode } from './refusal.ts'
import { isSamePerson } from './rules.ts'
import { type AuthorisationStatement, readStatement, type Roles } from './statement.ts'

/** The facts that a decision needs from outside. */
export interface CheckFacts {
  /** keys that the force trusts to sign authorisations */
  readonly trust: readonly PublicKey[]
  /** milliseconds since 1970 */
  readonly now: number
  /** what the source says of its device; absent = no source is at hand, and the device is not judged */
  readonly device?: SourceDevice
  /** every other version that is known, as envelopes; earlier and later ones, in any order */
  readonly versions?: readonly string[]
  /** digests of statements that were withdrawn */
  readonly withdrawn?: readonly string[]
  /** ranks that may authorise; default: inspector and above */
  readonly authorisingRanks?: readonly string[]
}

export type AuthorisationDecision = Granted | { readonly granted: false; readonly refusals: readonly Refusal[] }

export interface Granted {
  readonly granted: true
  readonly authorisation: Authorisation
  /** lower-case hex SHA-256 over the statement's payload */
  readonly digest: string
  readonly roles: Roles
  readonly scope: Scope
}

/**
 * Decides whether a signed authorisation grants its scope, now, for this device. A value with every reason against, never
 * an exception; whatever cannot be told counts against. First the signatures: what nobody trusted has signed is not read.
 */
export function checkAuthorisation(envelope: string, facts: CheckFacts): AuthorisationDecision {
  const signed = readSigned(envelope, facts)
  if (!('statement' in signed)) return { granted: false, refusals: signed.refusals }
  const { statement } = signed
  const refusals = [
    ...peopleRefusals(statement, signed.signatures),
    ...timeRefusals(statement.authorisation, facts.now),
    ...versionRefusals(statement, facts),
    ...(facts.device ? deviceRefusals(statement.authorisation, facts.device) : []),
  ]
  if (refusals.length > 0) return { granted: false, refusals }
  const { authorisation, digest, roles } = statement
  return { granted: true, authorisation, digest, roles, scope: authorisation.scope }
}

type Signed =
  | { readonly statement: AuthorisationStatement; readonly signatures: readonly VerifiedSignature[] }
  | { readonly refusals: readonly Refusal[] }

/** Opens, verifies, and only then reads: both roles signed, nobody else did, and every key is trusted. */
function readSigned(text: string, { trust, authorisingRanks }: CheckFacts): Signed {
  let envelope: Envelope
  try {
    envelope = openEnvelope(text)
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error
    return { refusals: [{ code: 'NOT_AN_AUTHORISATION', message: error.message, hint: error.hint }] }
  }
  if (envelope.payloadType !== IN_TOTO)
    return refused('NOT_AN_AUTHORISATION', 'give the *.dsse.json file that `peel authorise` wrote')
  const signatures = verifyEnvelope(envelope, trust)
  if (signatures.some(({ known, ok }) => known && !ok))
    return refused('SIGNATURE_INVALID', 'do not use this file; ask for it anew from whoever authorised it')
  if (signatures.length === 0) return refused('SIGNATURE_MISSING', 'have it signed: `peel authorise`')
  if (signatures.every(({ known }) => !known)) return untrusted()
  const statement = readStatement(envelope.payload, { authorisingRanks })
  if ('invalid' in statement)
    return { refusals: [{ code: 'INVALID', message: statement.invalid, hint: statement.hint }] }
  const { requester, authoriser } = statement.roles
  if (requester === authoriser)
    return refused('SAME_KEY', 'have it authorised anew by two people, each with a key of their own')
  for (const keyid of [requester, authoriser])
    if (!signatures.some((signature) => signature.keyid === keyid))
      return refused('SIGNATURE_MISSING', 'it needs two signatures, of the requester and of the authoriser')
  if (signatures.length > 2) return refused('SIGNATURE_UNEXPECTED', 'ask for the file as `peel authorise` wrote it')
  if (signatures.some(({ known }) => !known)) return untrusted()
  return { statement, signatures }
}

function untrusted(): { refusals: Refusal[] } {
  return refused('UNTRUSTED_KEY', "add the signer's public key to the trust file, if you know whose it is")
}

function refused(code: RefusalCode, hint: string): { refusals: Refusal[] } {
  return { refusals: [refusal(code, hint)] }
}

function refusal(code: RefusalCode, hint: string): Refusal {
  return { code, message: REFUSAL_CODES[code], hint }
}

/** Two roles, two people: by what the statement says and by what the trust file says of the keys (law rows B27, H3). */
function peopleRefusals(
  { authorisation, roles }: AuthorisationStatement,
  signatures: readonly VerifiedSignature[],
): Refusal[] {
  const keyOf = (keyid: string) => signatures.find((signature) => signature.keyid === keyid)?.key
  const requester = keyOf(roles.requester)
  const authoriser = keyOf(roles.authoriser)
  const refusals: Refusal[] = []
  const same = (a: string | undefined, b: string | undefined) =>
    a !== undefined && b !== undefined && isSamePerson(a, b)
  if (
    same(authorisation.requested_by.id, authorisation.authorised_by.id) ||
    same(requester?.person, authoriser?.person) ||
    same(requester?.name, authoriser?.name)
  )
    refusals.push(refusal('SAME_PERSON', 'have it authorised anew by two people, each with a key of their own'))
  const foreign = (held: string | undefined, id: string) => held !== undefined && !isSamePerson(held, id)
  if (
    foreign(requester?.person, authorisation.requested_by.id) ||
    foreign(authoriser?.person, authorisation.authorised_by.id)
  )
    refusals.push(
      refusal(
        'KEY_OF_ANOTHER_PERSON',
        'compare the ids in the authorisation with `id:` in the trust file, and ask them both',
      ),
    )
  return refusals
}

function timeRefusals({ valid }: Authorisation, now: number): Refusal[] {
  const [from, until] = [parseInstant(valid.from), parseInstant(valid.until)]
  if (!(from !== undefined && from <= now))
    return [refusal('NOT_YET_VALID', `it is valid from ${valid.from}; check the clock of this machine`)]
  if (!(until !== undefined && now < until))
    return [refusal('EXPIRED', `it was valid until ${valid.until}; a new decision is needed`)]
  return []
}

/** Law row B29: only the last version counts, and every version names the one that it replaces. */
function versionRefusals(statement: AuthorisationStatement, facts: CheckFacts): Refusal[] {
  if (facts.withdrawn?.includes(statement.digest))
    return [refusal('WITHDRAWN', 'stop, and take nothing; what was taken already is dealt with by its own decision')]
  const others: AuthorisationStatement[] = []
  for (const text of facts.versions ?? []) {
    const other = readSigned(text, facts)
    // An unreadable version could be the one that supersedes this: passing over it would be guessing.
    if (!('statement' in other))
      return [
        refusal('VERSIONS_CONFLICT', 'one of the other versions given cannot be verified; give it as it was written'),
      ]
    others.push(other.statement)
  }
  const { reference, version, supersedes } = statement.authorisation
  const family = others.filter(({ authorisation }) => authorisation.reference === reference)
  if (family.some(({ authorisation }) => authorisation.version > version))
    return [refusal('SUPERSEDED', 'use the latest version')]
  if (family.some(({ authorisation, digest }) => authorisation.version === version && digest !== statement.digest))
    return [
      refusal('VERSIONS_CONFLICT', 'two different statements have the same version: ask which of them was decided'),
    ]
  const before = family.find(({ authorisation }) => authorisation.version === version - 1)
  if (before && before.digest !== supersedes)
    return [
      refusal('VERSIONS_CONFLICT', 'it supersedes another statement than the version before: ask which was decided'),
    ]
  return []
}

function deviceRefusals({ device }: Authorisation, source: SourceDevice): Refusal[] {
  switch (compareDevice(device, source)) {
    case 'different':
      return [refusal('WRONG_DEVICE', 'compare serial number and IMEI with the exhibit; take nothing from this one')]
    case 'unknown':
      return [
        refusal(
          'DEVICE_UNKNOWN',
          'find a source that names its device, or have a new version authorised that identifies the device by its exhibit alone',
        ),
      ]
    default:
      return []
  }
}
