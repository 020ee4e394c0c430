import type { Ops } from '../actions/index.ts'
import type { Audit } from '../journal/index.ts'

/** What the pages are made of: what the actions need, and how people sign in. */
export interface Service {
  readonly ops: Ops
  /** what an outsider would find in the log */
  readonly audit: Audit
  /** the address under which people reach it, without a slash at the end */
  readonly url: string
  readonly signIn: SignInSettings
  /** what the force calls itself */
  readonly force: string
  readonly version: string
}

export interface SignInSettings {
  /** absent: the provider inside, which only answers on loopback */
  readonly issuer?: string
  readonly clientId: string
  readonly clientSecret?: string
  /** the claim that holds a person's roles */
  readonly rolesClaim: string
  /** whom the provider inside offers to choose from */
  readonly people: readonly StoryPerson[]
  /** 32 bytes that seal what a browser holds while it signs in, and make the tokens of forms */
  readonly secret: Buffer
}

/** Somebody who may be chosen at the provider inside. */
export interface StoryPerson {
  readonly id: string
  readonly name: string
  readonly rank?: string
  readonly roles: readonly string[]
  readonly schedule3?: 1 | 2 | 3
  readonly does: string
}
