import { sign as signBytes, verify as verifyBytes } from 'node:crypto'
import { SignatureError } from './errors.ts'
import type { PrivateKey, PublicKey } from './key.ts'

/** One signature over an envelope's payload. */
export interface Signature {
  readonly keyid: string
  /** 64 bytes, Ed25519 (RFC 8032) over the pre-authentication encoding */
  readonly sig: Uint8Array
}

/** A DSSE v1 envelope, opened. Nothing is known of the payload until `verifyEnvelope` has said so. */
export interface Envelope {
  readonly payloadType: string
  readonly payload: Uint8Array
  /** ascending by keyid, each key once */
  readonly signatures: readonly Signature[]
}

/** The payload type of an in-toto Statement in JSON. */
export const IN_TOTO = 'application/vnd.in-toto+json'

/** Base64 of the largest payload that a string of Node can hold with room to spare. */
const MAX_CHARACTERS = 256 * 1024 * 1024
const MAX_SIGNATURES = 16
// Printable ASCII without what JSON would escape, so that there is one way to write it.
const PAYLOAD_TYPE = /^[!#-[\]-~]{1,127}$/
const KEYID = /^[0-9a-f]{64}$/

/** Gives the bytes that are signed: PAE of DSSE v1, `DSSEv1 SP LEN(type) SP type SP LEN(payload) SP payload`. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8')
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${payload.length} `), payload])
}

/** Signs a payload with one key. Two people at two machines each make one, and `joinEnvelope` puts them together. */
export function signPayload(payloadType: string, payload: Uint8Array, signer: PrivateKey): Signature {
  return { keyid: signer.keyid, sig: signBytes(null, preAuthenticationEncoding(payloadType, payload), signer.key) }
}

/** Puts signatures and their payload together. Throws SignatureError `SAME_KEY` when one key stands there twice. */
export function joinEnvelope(payloadType: string, payload: Uint8Array, signatures: readonly Signature[]): Envelope {
  if (!PAYLOAD_TYPE.test(payloadType)) throw new TypeError('not a payload type')
  const sorted = [...signatures].sort((a, b) => (a.keyid < b.keyid ? -1 : a.keyid > b.keyid ? 1 : 0))
  if (sorted.some(({ keyid }, at) => keyid === sorted[at + 1]?.keyid))
    throw new SignatureError(
      'SAME_KEY',
      'one key signs twice',
      'two signatures need two keys, each in the hands of another person',
    )
  return { payloadType, payload, signatures: sorted }
}

/** Signs a payload with every key. Deterministic: the same payload and keys give the same envelope. */
export function sealEnvelope(payloadType: string, payload: Uint8Array, signers: readonly PrivateKey[]): Envelope {
  return joinEnvelope(
    payloadType,
    payload,
    signers.map((signer) => signPayload(payloadType, payload, signer)),
  )
}

/** Writes an envelope: JSON in canonical form (RFC 8785) and a newline. `openEnvelope` is the inverse. */
export function writeEnvelope({ payloadType, payload, signatures }: Envelope): string {
  const envelope = {
    payload: base64(payload),
    payloadType,
    signatures: signatures.map(({ keyid, sig }) => ({ keyid, sig: base64(sig) })),
  }
  return `${JSON.stringify(envelope)}\n`
}

/**
 * Opens an envelope, as hostile input. Throws SignatureError `NOT_AN_ENVELOPE` for anything but the one way in which
 * `writeEnvelope` writes it: spare spaces, other base64, a signature too many or members unknown here would be bytes that
 * nobody signed. Verifies nothing.
 */
export function openEnvelope(text: string): Envelope {
  if (text.length > MAX_CHARACTERS)
    throw new SignatureError('TOO_LARGE', 'the file is too large for an envelope', 'check that it is the right file')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw notAnEnvelope({ cause })
  }
  if (!isWritten(json) || json.signatures.length > MAX_SIGNATURES) throw notAnEnvelope()
  const envelope: Envelope = {
    payloadType: json.payloadType,
    payload: Buffer.from(json.payload, 'base64'),
    signatures: json.signatures.map(({ keyid, sig }) => ({ keyid, sig: Buffer.from(sig, 'base64') })),
  }
  const sound =
    PAYLOAD_TYPE.test(envelope.payloadType) &&
    envelope.signatures.every(({ keyid, sig }) => KEYID.test(keyid) && sig.length === 64) &&
    envelope.signatures.every(({ keyid }, at, all) => at === 0 || (all[at - 1]?.keyid ?? '') < keyid)
  if (!sound || writeEnvelope(envelope) !== text) throw notAnEnvelope()
  return envelope
}

/** What became of one signature. */
export interface VerifiedSignature {
  readonly keyid: string
  /** whether the key is among those given; without it nothing can be said of the signature */
  readonly known: boolean
  /** whether the signature is by that key over exactly this payload and type; false where the key is not known */
  readonly ok: boolean
  readonly key?: PublicKey
}

/** Verifies every signature of an envelope against the keys given, in the envelope's order. Never throws. */
export function verifyEnvelope(envelope: Envelope, keys: readonly PublicKey[]): VerifiedSignature[] {
  const signed = preAuthenticationEncoding(envelope.payloadType, envelope.payload)
  return envelope.signatures.map(({ keyid, sig }) => {
    const key = keys.find((candidate) => candidate.keyid === keyid)
    return key
      ? { keyid, known: true, ok: verifyBytes(null, signed, key.key, sig), key }
      : { keyid, known: false, ok: false }
  })
}

interface Written {
  readonly payload: string
  readonly payloadType: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

function isWritten(json: unknown): json is Written {
  if (typeof json !== 'object' || json === null) return false
  const { payload, payloadType, signatures } = json as Record<string, unknown>
  return (
    typeof payload === 'string' &&
    typeof payloadType === 'string' &&
    Array.isArray(signatures) &&
    signatures.every(
      (one: unknown) =>
        typeof one === 'object' &&
        one !== null &&
        typeof (one as Record<string, unknown>).keyid === 'string' &&
        typeof (one as Record<string, unknown>).sig === 'string',
    )
  )
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

function notAnEnvelope(options?: { cause: unknown }): SignatureError {
  return new SignatureError(
    'NOT_AN_ENVELOPE',
    'this is not a signed statement, or it was altered',
    'give the *.dsse.json file exactly as it was written: one line of JSON; opening it in an editor may have changed it',
    options,
  )
}
