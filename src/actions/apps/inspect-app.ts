import { hash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AppRecord,
  changesOf,
  type InspectedPackage,
  inspectPackage,
  PackageError,
  versionOf,
} from '../../apps/index.ts'
import { ActionError, notFound } from '../action-error.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { isId } from '../subject.ts'
import { askFirst } from '../allow.ts'
import { changeApp } from './change-app.ts'
import { trackerList } from './import-trackers.ts'

/** The largest package that is taken in, in bytes. */
export const LARGEST_PACKAGE = 256 << 20

/** How many packages are looked into at a time: each may need a whole processor for seconds. */
const AT_ONCE = 1
let under = 0

/**
 * Looks into a package of an app: what it is, what it could do, whether it could record calls. Nothing of it is run and it is not kept. What is new in it
 * against the version that was assessed suspends the app by itself (law rows E10, E11). Gives the id of what was found. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID (`package`, with
 * the code of the refusal in the hint), NOT_NOW `BUSY`.
 */
export async function inspectApp(
  ops: Ops,
  actor: Actor,
  { appId, bytes }: { readonly appId: string; readonly bytes: Buffer },
): Promise<{ readonly id: string; readonly found: InspectedPackage; readonly app: AppRecord }> {
  await askFirst(ops, actor, 'app.manage')
  await mustBeThere(ops, appId)
  if (bytes.length === 0 || bytes.length > LARGEST_PACKAGE)
    throw new ActionError('NOT_VALID', 'package', 'choose a package of at most 256 MB')
  if (under >= AT_ONCE)
    throw new ActionError('NOT_NOW', 'BUSY', 'another package is being looked into', 'try again in half a minute')
  under++
  try {
    const sha256 = hash('sha256', bytes, 'hex')
    const trackers = await trackerList(ops)
    const id = newId(ops.random)
    const stored = { id, app_id: appId, sha256, bytes: bytes.length, person_id: actor.id, at: ops.now() }
    const whole = await inspected(bytes, trackers?.list).catch(async (error: unknown) => {
      if (!(error instanceof PackageError)) throw error
      await ops.journal.record({
        kind: 'app.package_refused',
        actor: actor.id,
        details: { app: appId, package: sha256, code: error.code },
      })
      await ops.store.db
        .insertInto('app_packages')
        .values({ ...stored, refused: error.code })
        .execute()
      throw new ActionError('NOT_VALID', 'package', `the package was refused: ${error.message}`, error.code)
    })
    const found = storable(whole)
    const version = versionOf(found)
    const app = await changeApp(ops, actor, {
      appId,
      act: ({ on }) => ({ act: 'version_seen', on, version }),
      logged: (mark, { entry }) => {
        const accepted = entry.versions.find(({ platform, id }) => platform === version.platform && id === version.id)
        const codes = accepted === undefined ? [] : changesOf(accepted, version).map(({ code }) => code)
        const details = { ...mark, package: sha256, recorder: version.recorder, codes: [...new Set(codes)] }
        return { kind: 'app.version_seen', details }
      },
      stored: (db) =>
        db
          .insertInto('app_packages')
          .values({
            ...stored,
            found: JSON.stringify(found),
            ...(trackers !== undefined && { tracker_list: trackers.digest }),
          })
          .execute(),
    })
    return { id, found, app }
  } finally {
    under--
  }
}

const MOST_COMPONENTS = 200

/** What is kept of it: components that others can reach, and no character that a database has no place for. */
function storable(found: InspectedPackage): InspectedPackage {
  const components = found.components.filter(({ exported }) => exported).slice(0, MOST_COMPONENTS)
  const text = JSON.stringify({ ...found, components }, (_, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value,
  )
  return JSON.parse(text) as InspectedPackage
}

async function mustBeThere({ store }: Ops, appId: string): Promise<void> {
  const row = isId(appId)
    ? await store.db.selectFrom('apps').select('id').where('id', '=', appId).executeTakeFirst()
    : undefined
  if (row === undefined) throw notFound()
}

/** A package is no secret and no evidence: it lies in a folder of its own for as long as it is read. */
async function inspected(bytes: Buffer, trackers: string | undefined): Promise<InspectedPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'peel-package-'))
  try {
    const path = join(folder, 'package')
    await writeFile(path, bytes, { mode: 0o600 })
    return await inspectPackage(path, trackers === undefined ? {} : { trackers })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
