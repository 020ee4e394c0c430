import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { LightMyRequestResponse } from 'fastify'
import type { Role } from '../access/index.ts'
import type { Actor, Ops } from '../actions/index.ts'
import type { WitnessAddress } from '../tlog/index.ts'
import { openService, type OpenService } from './open-service.ts'
import { ownDatabase } from './own-database.fixture.ts'
import type { LogTo } from './request-log.ts'
import { csrfToken, newToken } from './sign-in/cookie.ts'
import { noteStepUp, startSession, whoIs } from './sign-in/session.ts'

/** Somebody of every role, invented; several where one person may not do both halves of something. */
export const TEST_PEOPLE: readonly {
  id: string
  name: string
  rank?: string
  roles: readonly Role[]
  part?: 1 | 2 | 3
}[] = [
  { id: 'pc4321', name: 'Ada Holt', rank: 'constable', roles: ['investigator'], part: 1 },
  { id: 'pc4322', name: 'Ben Osei', rank: 'constable', roles: ['investigator'], part: 1 },
  { id: 'insp77', name: 'Carys Wynn', rank: 'inspector', roles: ['authorising_officer'], part: 1 },
  { id: 'insp78', name: 'Dev Rao', rank: 'inspector', roles: ['authorising_officer'], part: 1 },
  { id: 'supt90', name: 'Una Beddoe', rank: 'superintendent', roles: ['authorising_officer'], part: 1 },
  { id: 'ext510', name: 'Edie Marsh', roles: ['extraction_officer'], part: 1 },
  { id: 'exh600', name: 'Femi Bello', roles: ['exhibits_officer'], part: 1 },
  { id: 'dmi700', name: 'Gwen Platt', roles: ['media_investigator'], part: 1 },
  { id: 'rev200', name: 'Hari Nair', roles: ['reviewer'], part: 1 },
  { id: 'dis210', name: 'Isla Crane', roles: ['disclosure_officer'], part: 1 },
  { id: 'csl900', name: 'Jo Quayle', roles: ['counsel'] },
  { id: 'rec300', name: 'Kit Abara', roles: ['records_reviewer'] },
  { id: 'rec301', name: 'Lena Voss', roles: ['records_reviewer'] },
  { id: 'iao310', name: 'Moss Tate', roles: ['information_asset_owner'] },
  { id: 'dpo400', name: 'Nia Pugh', roles: ['data_protection_officer'] },
  { id: 'app410', name: 'Tess Ruane', roles: ['app_owner'] },
  { id: 'app411', name: 'Uwe Brandt', roles: ['app_owner'] },
  { id: 'iao311', name: 'Vida Stone', roles: ['information_asset_owner'] },
  { id: 'adm500', name: 'Olu Adeyemi', roles: ['administrator'] },
  { id: 'key501', name: 'Petra Lund', roles: ['key_custodian'] },
  { id: 'log502', name: 'Quin Doyle', roles: ['log_custodian'] },
  { id: 'aud503', name: 'Rae Finch', roles: ['auditor'] },
]

/** A browser without JavaScript: keeps its sign-in, fills in the hidden field of forms. */
export interface Visitor {
  readonly id: string
  get(path: string): Promise<LightMyRequestResponse>
  /** Posts a form as a page of the same sign-in would. */
  post(path: string, form?: Readonly<Record<string, string | readonly string[]>>): Promise<LightMyRequestResponse>
  /** The cookie header, for requests of another shape. */
  readonly cookie: string
  /** What an upload sends as `x-csrf`. */
  readonly csrf: string
}

export interface TestService extends OpenService {
  readonly ops: Ops
  /** Signs somebody in, as the provider would; `stepUp: false` leaves out that they have just proved who they are. */
  as(who: string, options?: { stepUp?: boolean }): Promise<Visitor>
  /** The same person as actions take them, for calling actions directly. */
  actor(who: string, options?: { stepUp?: boolean }): Promise<Actor>
  /** Makes the clock say something else from now on. */
  setNow(now: Date): void
}

/** A whole service over a database of its own, with people of every role, torn down after the test. */
export async function testService(
  t: TestContext,
  options: {
    kioskFolder?: string
    collectedFolder?: string
    perMinute?: number
    url?: string
    /** a folder that is kept, to open the same service again */
    data?: string
    witnesses?: readonly WitnessAddress[]
    failed?: (what: string, error: unknown) => void
    log?: LogTo
  } = {},
): Promise<TestService> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'peel-service-'))
  let clock: Date | undefined
  // A folder that is kept has its database in it, as a force's has, unless a server is named.
  const isInFolder = options.data !== undefined && process.env['PEEL_TEST_DATABASE_URL'] === undefined
  const database = isInFolder ? undefined : await ownDatabase(data)
  const open = await openService({
    data,
    ...(database !== undefined && { databaseUrl: database.url }),
    url: options.url ?? 'http://127.0.0.1:3000',
    force: 'Test Police',
    origin: 'log.test.example',
    version: 'test',
    signIn: {
      clientId: 'peel',
      rolesClaim: 'roles',
      people: TEST_PEOPLE.map(({ part, ...person }) => ({ ...person, schedule3: part, does: 'tests' })),
    },
    now: () => clock ?? new Date(),
    failed: options.failed ?? ((what, error) => assert.fail(`${what}: ${String(error)}`)),
    ...(options.witnesses !== undefined && { witnesses: options.witnesses }),
    perMinute: options.perMinute ?? 1_000_000,
    timers: false,
    ...(options.log !== undefined && { log: options.log }),
    ...(options.kioskFolder !== undefined && { kioskFolder: options.kioskFolder }),
    ...(options.collectedFolder !== undefined && { collectedFolder: options.collectedFolder }),
  }).catch(async (error: unknown) => {
    await database?.drop()
    throw error
  })
  t.after(async () => {
    await open.close()
    if (options.data !== undefined) return
    await database?.drop()
    rmSync(data, { recursive: true, force: true })
  })
  const { ops } = open.service
  await ops.store.db
    .insertInto('people')
    .values(
      TEST_PEOPLE.map(({ id, name, rank, roles, part }) => ({
        id,
        name,
        rank,
        roles: [...roles],
        schedule_3_part: part,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const signIn = async (id: string, stepUp: boolean): Promise<string> => {
    const token = newToken()
    await startSession(ops.store, token, id, ops.now())
    if (stepUp) await noteStepUp(ops.store, token, ops.now())
    return token
  }
  return {
    ...open,
    ops,
    setNow: (now) => {
      clock = now
    },
    async actor(who, { stepUp = true } = {}) {
      const signedIn = await whoIs(ops.store, await signIn(who, stepUp), ops.now())
      assert(signedIn)
      return signedIn.actor
    },
    async as(who, { stepUp = true } = {}) {
      const token = await signIn(who, stepUp)
      return visitor(open, who, token)
    },
  }
}

function visitor({ app, service }: OpenService, id: string, token: string): Visitor {
  const cookie = `peel=${token}`
  const csrf = csrfToken(service.signIn.secret, token)
  return {
    id,
    cookie,
    csrf,
    get: (url) => app.inject({ method: 'GET', url, headers: { cookie } }),
    post: (url, form = {}) => {
      const body = new URLSearchParams({ csrf: csrf })
      for (const [name, value] of Object.entries(form))
        for (const one of [value].flat()) body.append(name, one as string)
      return app.inject({
        method: 'POST',
        url,
        headers: { cookie, origin: service.url, 'content-type': 'application/x-www-form-urlencoded' },
        payload: body.toString(),
      })
    },
  }
}
