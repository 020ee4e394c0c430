import { COSIGNATURE, readVkey, TlogError, type Verifier, type WitnessAddress } from '../tlog/index.ts'
import { EXIT, Stop } from './exit.ts'

/** What the service is told from outside: each of these is an environment variable, and docs/running.md lists them. */
export interface Settings {
  readonly data: string
  readonly host: string
  readonly port: number
  readonly url: string
  readonly databaseUrl?: string
  readonly force: string
  readonly origin: string
  /** who is asked to cosign the log */
  readonly witnesses: readonly WitnessAddress[]
  readonly kioskFolder?: string
  /** archives of call recordings as they were collected */
  readonly collectedFolder?: string
  readonly issuer?: string
  readonly clientId: string
  readonly clientSecret?: string
  readonly rolesClaim: string
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/** Reads the settings of the environment. Throws Stop with `usage`: a setting that cannot be meant is not guessed at. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = (name: string) => environment[name]?.trim() || undefined
  const host = given('HOST') ?? '127.0.0.1'
  const port = Number(given('PORT') ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Stop(EXIT.usage, 'PORT is not a port', 'give a number from 0 to 65535')
  const issuer = given('OIDC_ISSUER')
  if (issuer === undefined && !LOOPBACK.has(host))
    throw new Stop(
      EXIT.usage,
      'without OIDC_ISSUER anybody may choose who they are, so it only listens on this machine',
      'set OIDC_ISSUER and its client, or HOST=127.0.0.1',
    )
  const url = given('PEEL_URL') ?? `http://${host === '::1' ? '[::1]' : host}:${port}`
  if (issuer !== undefined && !url.startsWith('https://') && !LOOPBACK.has(new URL(url).hostname))
    throw new Stop(EXIT.usage, 'PEEL_URL is not https', 'people sign in there: put TLS in front of it')
  return {
    data: given('PEEL_DATA') ?? 'data',
    host,
    port,
    url: url.replace(/\/+$/, ''),
    ...(given('DATABASE_URL') !== undefined && { databaseUrl: given('DATABASE_URL') as string }),
    force: given('PEEL_FORCE') ?? 'Calder Valley Police',
    origin: given('PEEL_ORIGIN') ?? `${new URL(url).hostname}/peel`,
    witnesses: readWitnesses(given('PEEL_WITNESSES') ?? ''),
    ...(given('PEEL_KIOSK') !== undefined && { kioskFolder: given('PEEL_KIOSK') as string }),
    ...(given('PEEL_COLLECTED') !== undefined && { collectedFolder: given('PEEL_COLLECTED') as string }),
    ...(issuer !== undefined && { issuer }),
    clientId: given('OIDC_CLIENT_ID') ?? 'peel',
    ...(given('OIDC_CLIENT_SECRET') !== undefined && { clientSecret: given('OIDC_CLIENT_SECRET') as string }),
    rolesClaim: given('OIDC_ROLES_CLAIM') ?? 'roles',
  }
}

/** Reads `<vkey> <url>`, one a line or with commas between. Throws Stop. */
function readWitnesses(text: string): WitnessAddress[] {
  const wrong = (why: string) =>
    new Stop(
      EXIT.usage,
      `PEEL_WITNESSES cannot be read: ${why}`,
      'give each witness as `<vkey> <url>`; `peel witness --print-key` prints the vkey',
    )
  const witnesses = text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line): WitnessAddress => {
      const [vkey = '', address = '', ...more] = line.split(/\s+/)
      if (more.length > 0 || !URL.canParse(address)) throw wrong('a witness is a vkey and an address')
      const { protocol, hostname } = new URL(address)
      if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.has(hostname.replace(/^\[|\]$/g, ''))))
        throw wrong('an address is not https')
      return { verifier: witnessKey(vkey, wrong), url: address }
    })
  const keys = witnesses.map(({ verifier }) => verifier.publicKey.toString('hex'))
  if (new Set(keys).size < keys.length) throw wrong('a key is given twice')
  return witnesses
}

function witnessKey(vkey: string, wrong: (why: string) => Stop): Verifier {
  try {
    const verifier = readVkey(vkey)
    if (verifier.type === COSIGNATURE) return verifier
  } catch (error) {
    if (!(error instanceof TlogError)) throw error
  }
  throw wrong('a key is not that of a witness')
}
