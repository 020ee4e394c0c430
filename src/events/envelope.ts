import { hash } from 'node:crypto'
import { canonical } from '../records/index.ts'
import {
  IN_TOTO,
  openEnvelope,
  type PrivateKey,
  type PublicKey,
  sealEnvelope,
  verifyEnvelope,
  writeEnvelope,
} from '../signature/index.ts'
import { assertEvent, checkDetails } from './check-event.ts'
import { EventError } from './errors.ts'
import { isId } from './field.ts'
import { type Details, type EventKind, isEventKind } from './registry.ts'

/** Names the kind of statement, with its major version (in-toto Attestation, predicateType). */
export const EVENT_PREDICATE = 'urn:peel:event:1'
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
const HEX = /^[0-9a-f]{64}$/
const BASE64URL = /^[A-Za-z0-9_-]{43}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** Something that an event is about, by its digest: a manifest, a notice, an authorisation. */
export interface EventSubject {
  /** what it is, as an id is written: never a name that came from a phone */
  readonly name: string
  /** lower-case hex SHA-256 */
  readonly digest: string
}

/** One event, as it is signed. */
export interface EventParts<K extends EventKind = EventKind> {
  readonly kind: K
  /** kept to the millisecond; the leaf has the minute alone */
  readonly at: Date
  /** id of who acted; the service itself where nobody did */
  readonly actor: string
  /** empty where it is about nothing that has a digest */
  readonly subject: readonly EventSubject[]
  readonly details: Details<K>
  /** base64url digest of the envelope before this in the same case */
  readonly previous?: string
  /** 32 random bytes: without them the digest in the log could be guessed */
  readonly nonce: Uint8Array
}

/** An event read back. */
export interface ReadEvent {
  readonly kind: EventKind
  readonly at: Date
  readonly actor: string
  readonly subject: readonly EventSubject[]
  readonly details: Readonly<Record<string, unknown>>
  readonly previous?: string
  /** base64url SHA-256 over the bytes of the envelope: what its leaf says */
  readonly digest: string
  /** keyids of those whose signatures hold, among the keys given */
  readonly signedBy: readonly string[]
}

/**
 * Signs an event: an in-toto Statement v1 in a DSSE envelope. Gives the envelope's text, and the base64url SHA-256 of its bytes for
 * the leaf. Throws EventError `UNKNOWN_KIND`, `BAD_DETAILS` or `BAD_EVENT`: what is not as the registry has it is not signed.
 */
export function sealEvent<K extends EventKind>(
  parts: EventParts<K>,
  key: PrivateKey,
): { readonly envelope: string; readonly digest: string } {
  assertEvent(parts.kind, parts.details)
  if (parts.nonce.length !== 32) throw bad(`${parts.kind}: the nonce is not 32 bytes`)
  if (!isActor(parts.actor)) throw bad(`${parts.kind}: the actor is not an id`)
  if (!parts.subject.every(isSubject)) throw bad(`${parts.kind}: a subject is not an id with a SHA-256 in hex`)
  if (parts.previous !== undefined && !BASE64URL.test(parts.previous))
    throw bad(`${parts.kind}: the envelope before is not named by a digest`)
  const envelope = writeEnvelope(sealEnvelope(IN_TOTO, writeStatement(parts), [key]))
  return { envelope, digest: envelopeDigest(envelope) }
}

/** Names an envelope: base64url SHA-256 over its bytes, 43 characters. */
export function envelopeDigest(envelope: string): string {
  return hash('sha256', envelope, 'base64url')
}

/**
 * Reads an event back; `sealEvent` is the inverse. Throws EventError `NOT_AN_EVENT`, or SignatureError, for anything but the one way
 * of writing it. That somebody signed it is asked of `signedBy`, not taken from the absence of an error.
 */
export function openEvent(envelope: string, keys: readonly PublicKey[]): ReadEvent {
  const opened = openEnvelope(envelope)
  const read = readStatement(opened.payload)
  if (opened.payloadType !== IN_TOTO || read === undefined)
    throw new EventError(
      'NOT_AN_EVENT',
      'this is not the envelope of an event',
      'give an envelope as the service wrote it',
    )
  const { nonce: _, ...event } = read
  return {
    ...event,
    digest: envelopeDigest(envelope),
    signedBy: verifyEnvelope(opened, keys)
      .filter(({ ok }) => ok)
      .map(({ keyid }) => keyid),
  }
}

function writeStatement({ kind, at, actor, subject, details, previous, nonce }: EventParts): Buffer {
  // A statement is about something (in-toto Statement v1): where there is no document it is about its own details.
  const about = subject.length > 0 ? subject : [ownDetails(kind, details)]
  return Buffer.from(
    canonical({
      _type: STATEMENT_TYPE,
      subject: about.map(({ name, digest }) => ({ name, digest: { sha256: digest } })),
      predicateType: EVENT_PREDICATE,
      predicate: {
        actor,
        at: at.toISOString(),
        details,
        kind,
        nonce: Buffer.from(nonce).toString('base64url'),
        ...(previous === undefined ? {} : { previous }),
      },
    }),
  )
}

function readStatement(payload: Uint8Array): EventParts | undefined {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload))
  } catch {
    return undefined
  }
  const { subject, predicate } = members(json)
  const { actor, at, details, kind, nonce, previous } = members(predicate)
  if (typeof kind !== 'string' || !isEventKind(kind) || checkDetails(kind, details).length > 0) return undefined
  if (!isActor(actor) || typeof at !== 'string' || !INSTANT.test(at) || Number.isNaN(Date.parse(at))) return undefined
  if (typeof nonce !== 'string' || !BASE64URL.test(nonce)) return undefined
  if (previous !== undefined && (typeof previous !== 'string' || !BASE64URL.test(previous))) return undefined
  if (!Array.isArray(subject)) return undefined
  const about = subject.map((one) => ({ name: members(one).name, digest: members(members(one).digest).sha256 }))
  if (!about.every(isSubject)) return undefined
  const own = ownDetails(kind, details)
  const parts: EventParts = {
    kind,
    at: new Date(at),
    actor,
    subject: about.length === 1 && about[0]?.name === own.name && about[0].digest === own.digest ? [] : about,
    details: details as Details<EventKind>,
    ...(previous === undefined ? {} : { previous }),
    nonce: Buffer.from(nonce, 'base64url'),
  }
  // Written anew and compared: no member more, none twice, no second way of writing the same.
  return writeStatement(parts).equals(payload) ? parts : undefined
}

function ownDetails(kind: EventKind, details: unknown): EventSubject {
  return { name: kind, digest: hash('sha256', canonical(details), 'hex') }
}

function isSubject(value: { readonly name: unknown; readonly digest: unknown }): value is EventSubject {
  return isId(value.name) && typeof value.digest === 'string' && HEX.test(value.digest)
}

// The directory's own id of a person, which may be digits alone.
function isActor(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/.test(value)
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function bad(message: string): EventError {
  return new EventError('BAD_EVENT', message, 'this is a mistake in the program that writes the event')
}
