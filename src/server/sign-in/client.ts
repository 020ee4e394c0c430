import * as oidc from 'openid-client'
import type { Service } from '../service.ts'
import { PROVIDER } from './provider.ts'

/** What a browser holds, sealed, between leaving for the provider and coming back. */
export interface Going {
  readonly verifier: string
  readonly state: string
  readonly nonce: string
  readonly to: string
  readonly stepUp: boolean
}

/** Who came back from the provider. */
export interface CameBack {
  readonly id: string
  readonly name: string
  readonly rank?: string
  readonly roles: readonly string[]
  readonly schedule3?: number
  /** seconds since 1970 */
  readonly authenticatedAt?: number
}

/** Speaks OpenID Connect with whichever provider the force has: discovery, authorisation code, PKCE. */
export class SignInClient {
  readonly #service: Service
  #found: Promise<oidc.Configuration> | undefined

  constructor(service: Service) {
    this.#service = service
  }

  /** Where to send the browser, and what it must hold meanwhile. */
  async leave(to: string, stepUp: boolean): Promise<{ url: URL; going: Going }> {
    const provider = await this.#provider()
    const verifier = oidc.randomPKCECodeVerifier()
    const going = { verifier, state: oidc.randomState(), nonce: oidc.randomNonce(), to, stepUp }
    const url = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: `${this.#service.url}/sign-in/done`,
      scope: 'openid profile',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: going.state,
      nonce: going.nonce,
      // A choice is asked for each time: these are shared machines.
      prompt: 'login',
      ...(stepUp && { max_age: '0' }),
    })
    return { url, going }
  }

  /** Reads what the browser came back with. Throws what the library says where it does not fit. */
  async comeBack(url: URL, { verifier, state, nonce }: Going): Promise<CameBack> {
    const provider = await this.#provider()
    const tokens = await oidc.authorizationCodeGrant(provider, url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) throw new Error('the provider sent no identity')
    const more = await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub)
    const roles = more[this.#service.signIn.rolesClaim] ?? claims[this.#service.signIn.rolesClaim]
    return {
      id: claims.sub,
      name: String(more.name ?? claims['name'] ?? claims.sub),
      rank: typeof more['rank'] === 'string' ? more['rank'] : undefined,
      roles: Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string') : [],
      ...(typeof more['schedule_3_part'] === 'number' && { schedule3: more['schedule_3_part'] }),
      authenticatedAt: typeof claims['auth_time'] === 'number' ? claims['auth_time'] : undefined,
    }
  }

  #provider(): Promise<oidc.Configuration> {
    this.#found ??= this.#discover().catch((error) => {
      // The next one who signs in tries again.
      this.#found = undefined
      throw error
    })
    return this.#found
  }

  async #discover(): Promise<oidc.Configuration> {
    const { url, signIn } = this.#service
    const inside = signIn.issuer === undefined
    const issuer = new URL(signIn.issuer ?? `${url}${PROVIDER}`)
    return oidc.discovery(issuer, signIn.clientId, signIn.clientSecret ?? (inside ? 'inside' : undefined), undefined, {
      execute: inside ? [oidc.allowInsecureRequests] : [],
      timeout: 10,
    })
  }
}
