import { hash } from 'node:crypto'
import { canonical } from '../records/index.ts'
import type { Authorisation } from './authorisation.ts'
import { checkDocument, writePath } from './parse.ts'

/** Which key signs in which role. Part of what both sign, so that a signature cannot be given another role. */
export interface Roles {
  /** keyid of whoever asks */
  readonly requester: string
  /** keyid of whoever decides */
  readonly authoriser: string
}

/** An authorisation as it is signed, read back. */
export interface AuthorisationStatement {
  readonly authorisation: Authorisation
  readonly roles: Roles
  /** lower-case hex SHA-256 over the statement's payload: what `supersedes` names and what an extract refers to */
  readonly digest: string
}

/** Names the kind of statement, with its major version (in-toto Attestation, predicateType). */
export const PREDICATE_TYPE = 'urn:peel:authorisation:1'
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
const KEYID = /^[0-9a-f]{64}$/

/**
 * Writes the statement that is signed: an in-toto Statement v1 in canonical form (RFC 8785), about the canonical
 * authorisation. `readStatement` is the inverse. The same authorisation and roles give the same bytes.
 */
export function writeStatement(authorisation: Authorisation, roles: Roles): Buffer {
  return Buffer.from(
    canonical({
      _type: STATEMENT_TYPE,
      subject: [{ name: authorisation.reference, digest: { sha256: hash('sha256', canonical(authorisation), 'hex') } }],
      predicateType: PREDICATE_TYPE,
      predicate: { authorisation, roles: { requester: roles.requester, authoriser: roles.authoriser } },
    }),
  )
}

/**
 * Reads a statement, or says in one sentence why it is none. Accepts exactly what `writeStatement` writes; whether anybody
 * signed it is not asked here. Ranks are those that hold by default unless others are given.
 */
export function readStatement(
  payload: Uint8Array,
  options: { readonly authorisingRanks?: readonly string[] } = {},
): AuthorisationStatement | { readonly invalid: string; readonly hint: string } {
  let text: string
  let json: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload)
    json = JSON.parse(text)
  } catch {
    return invalid('the payload is not JSON')
  }
  const { _type, predicateType, predicate } = members(json)
  if (_type !== STATEMENT_TYPE || predicateType !== PREDICATE_TYPE)
    return invalid('the statement is of another kind', 'give the file that `peel authorise` wrote')
  const { authorisation: value, roles } = members(predicate)
  const { requester, authoriser } = members(roles)
  if (!isKeyid(requester) || !isKeyid(authoriser)) return invalid('the statement does not say who signs in which role')
  const checked = checkDocument(value, options)
  if (!checked.authorisation) {
    const fault = checked.faults[0]
    return invalid(`${writePath(fault?.path ?? [])} ${fault?.message}`.trim(), fault?.hint)
  }
  // Written anew and compared: no member more, none twice, no other subject, no second way of writing the same.
  if (!writeStatement(checked.authorisation, { requester, authoriser }).equals(payload))
    return invalid('the statement is not in canonical form')
  return {
    authorisation: checked.authorisation,
    roles: { requester, authoriser },
    digest: hash('sha256', payload, 'hex'),
  }
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function isKeyid(value: unknown): value is string {
  return typeof value === 'string' && KEYID.test(value)
}

function invalid(
  what: string,
  hint = 'have it authorised anew: `peel authorise` writes statements as they are read here',
) {
  return { invalid: what, hint }
}
