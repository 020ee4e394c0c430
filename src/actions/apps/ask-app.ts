import { type CatalogueEntry, requestApp } from '../../apps/index.ts'
import { dayOf } from '../../retention/index.ts'
import { mustBeValid } from '../action-error.ts'
import { newId } from '../new-id.ts'
import type { Actor, Ops } from '../ops.ts'
import { askFirst } from '../allow.ts'
import { LONGEST_LINE, LONGEST_TEXT, textFaults, wordsDigest } from '../written-words.ts'
import { recordDigest } from './change-app.ts'
import { isRoleWord } from './role-word.ts'
import { personOfActor } from './person-of.ts'

/** What whoever wants an app says of it. */
export interface AskedApp {
  readonly app: string
  readonly publisher: string
  readonly purpose: string
  /** what is not possible without it */
  readonly why: string
  /** roles of the force whose phones it is for */
  readonly roles: readonly string[]
  readonly phones: number
}

const MOST_PHONES = 1_000_000

/** What is wrong with a request, by field. */
export function askedFaults(input: AskedApp): { field: keyof AskedApp; says: string }[] {
  const texts = [
    ['app', 'Enter what the app is called', LONGEST_LINE],
    ['publisher', 'Enter who publishes it', LONGEST_LINE],
    ['purpose', 'Enter what it is for', LONGEST_TEXT],
    ['why', 'Enter why it is needed', LONGEST_TEXT],
  ] as const
  return [
    ...texts.flatMap(([field, says, most]) => textFaults(field, input[field], says, most)),
    ...(input.roles.length === 0 ? [{ field: 'roles', says: 'Enter the roles that would have it' } as const] : []),
    ...(input.roles.some((role) => !isRoleWord(role))
      ? [{ field: 'roles', says: 'Write each role in at most 60 letters, digits, spaces and hyphens' } as const]
      : []),
    ...(Number.isSafeInteger(input.phones) && input.phones >= 1 && input.phones <= MOST_PHONES
      ? []
      : [{ field: 'phones', says: 'Enter on how many phones, as a whole number' } as const]),
  ]
}

/** Somebody asks for an app (law row E9). It goes onto no phone by that. Gives its id. Throws ActionError NOT_ALLOWED, NOT_VALID. */
export async function askForApp(ops: Ops, actor: Actor, input: AskedApp): Promise<string> {
  await askFirst(ops, actor, 'app.ask')
  mustBeValid(askedFaults(input))
  const id = newId(ops.random)
  const at = ops.now()
  const record = requestApp(entryOf(id, input), personOfActor(actor), dayOf(at))
  const digest = recordDigest(record)
  await ops.journal.record({
    kind: 'app.requested',
    actor: actor.id,
    details: { app: id, version: 1, record: digest, phones: input.phones, words: wordsDigest(input.why.trim()) },
  })
  const text = JSON.stringify(record)
  await ops.store.db.transaction().execute(async (db) => {
    await db
      .insertInto('apps')
      .values({
        id,
        version: 1,
        title: record.entry.app,
        state: record.state,
        record: text,
        asked_because: input.why.trim(),
        asked_phones: input.phones,
        requested_by: actor.id,
        requested_at: at,
        changed_at: at,
      })
      .execute()
    await db
      .insertInto('app_versions')
      .values({ app_id: id, version: 1, digest, record: text, act: 'request', person_id: actor.id, at })
      .execute()
  })
  return id
}

/** An entry in which only the request stands. Whether it records, and what its supplier does, nobody has looked at yet. */
function entryOf(id: string, { app, publisher, purpose, roles }: AskedApp): CatalogueEntry {
  return {
    id,
    app: app.trim(),
    publisher: publisher.trim(),
    versions: [],
    purpose: purpose.trim(),
    data_classes: [],
    data_flows: [],
    supplier: { name: '', processes_data: true },
    roles: [...new Set(roles)],
    recording: 'none',
    exit_plan: '',
  }
}
