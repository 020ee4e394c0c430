import { hash } from 'node:crypto'
import { isIP } from 'node:net'
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { type Actor, keysOf, type NewKey, noteKeyUsed, type SecurityKey } from '../../actions/index.ts'
import type { Service } from '../service.ts'
import { keepChallenge, takeChallenge } from './challenge.ts'

/** What keys are bound to. Undefined where people reach the service by a number: keys want a name (WebAuthn Level 3 §5.1.2). */
export function relyingParty({
  url,
}: Pick<Service, 'url'>): { readonly id: string; readonly origin: string } | undefined {
  const { hostname, origin } = new URL(url)
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { id: hostname, origin } : undefined
}

/** What a browser is told to make a key by. Undefined where keys cannot be used at this address. */
export async function beginRegistration(
  service: Service,
  actor: Actor,
  token: string,
): Promise<PublicKeyCredentialCreationOptionsJSON | undefined> {
  const party = relyingParty(service)
  if (party === undefined) return undefined
  const { ops, force } = service
  const options = await generateRegistrationOptions({
    rpName: `Peel, ${force}`,
    rpID: party.id,
    userName: actor.id,
    userDisplayName: actor.name,
    // A handle that names nobody: it is kept on the key.
    userID: new Uint8Array(hash('sha256', `peel person\n${actor.id}`, 'buffer')),
    attestationType: 'none',
    excludeCredentials: (await keysOf(ops, actor.id)).map(credentialOf),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  })
  await keepChallenge(ops.store, token, { value: options.challenge, for: 'register' }, ops.now())
  return options
}

/** Reads what a browser made. Undefined where it does not hold. */
export async function finishRegistration(service: Service, token: string, text: string): Promise<NewKey | undefined> {
  const party = relyingParty(service)
  const expectedChallenge = await takeChallenge(service.ops.store, token, 'register', service.ops.now())
  const response = readJson<RegistrationResponseJSON>(text)
  if (party === undefined || expectedChallenge === undefined || response === undefined) return undefined
  const checked = await verifyRegistrationResponse({
    response,
    expectedChallenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: false,
  }).catch(() => undefined)
  if (!checked?.verified) return undefined
  const { id, publicKey, counter } = checked.registrationInfo.credential
  return { id, publicKey, counter, transports: transportsOf(response.response.transports) }
}

/** What a browser is told to use a key by. Undefined where the person has none, or none can be used at this address. */
export async function beginConfirmation(
  service: Service,
  actor: Actor,
  token: string,
): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
  const party = relyingParty(service)
  const keys = party === undefined ? [] : await keysOf(service.ops, actor.id)
  if (party === undefined || keys.length === 0) return undefined
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    allowCredentials: keys.map(credentialOf),
    userVerification: 'preferred',
  })
  const { store, now } = service.ops
  await keepChallenge(store, token, { value: options.challenge, for: 'confirm' }, now())
  return options
}

/** Whether a browser used a key of this person for the challenge that it was given, once. */
export async function finishConfirmation(
  service: Service,
  actor: Actor,
  token: string,
  text: string,
): Promise<boolean> {
  const party = relyingParty(service)
  const { ops } = service
  const expectedChallenge = await takeChallenge(ops.store, token, 'confirm', ops.now())
  const response = readJson<AuthenticationResponseJSON>(text)
  const key = (await keysOf(ops, actor.id)).find(({ id }) => id === response?.id)
  if (party === undefined || expectedChallenge === undefined || response === undefined || key === undefined)
    return false
  // The library refuses a counter that went back: then there are two of that key.
  const checked = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: false,
    credential: {
      ...credentialOf(key),
      publicKey: new Uint8Array(key.public_key),
      counter: key.counter,
    },
  }).catch(() => undefined)
  if (!checked?.verified) return false
  await noteKeyUsed(ops, key.id, checked.authenticationInfo.newCounter)
  return true
}

function credentialOf({ id, transports }: SecurityKey) {
  return { id, transports: transports as AuthenticatorTransport[] }
}

const TRANSPORTS = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])

// Written by a browser, and given to browsers again: only what is known is kept.
function transportsOf(given: unknown): string[] {
  return Array.isArray(given) ? given.filter((one): one is string => TRANSPORTS.has(one)) : []
}

function readJson<T extends { readonly id: string }>(text: string): T | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isResponse =
      typeof value === 'object' &&
      value !== null &&
      typeof (value as { id?: unknown }).id === 'string' &&
      typeof (value as { response?: unknown }).response === 'object' &&
      (value as { response?: unknown }).response !== null
    return isResponse ? (value as T) : undefined
  } catch {
    return undefined
  }
}
