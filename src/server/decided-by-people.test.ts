import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Act, ACTS, POLICY } from '../access/index.ts'
import { type EventKind, isEventKind } from '../events/index.ts'
import { TIMERS } from '../jobs/index.ts'
import { PATHS } from './paths.ts'
import { ROUTES } from './routes.ts'
import { STORY_TIME, storyService } from './story-service.fixture.ts'

/** Everything that the service writes down as done by itself: it ends, finishes and reports what people decided, or what their own time ended. */
const BY_ITSELF: ReadonlySet<string> = new Set<EventKind>([
  'archive.matched',
  'archive.taken_in',
  'authorisation.expired',
  'backup.restored',
  'batch.certified',
  'batch.destroyed',
  'batch.stopped',
  'destruction.done',
  'extract.closed',
  'extract.resealed',
  'extraction.called_off',
  'extraction.cancelled',
  'extraction.failed',
  'extraction.finished',
  'extraction.started',
  'source.destroyed',
  'witness.changed',
])

const decides = (act: string) => act in ACTS && POLICY[act as Act].effect === 'decide'
/** What the routes of acts that decide leave in the log. */
const DECISIONS = new Set(
  ROUTES.filter(({ method, who }) => method === 'POST' && decides(who)).flatMap(({ logs }) => logs),
)

test('C18: what decides about people is an act of the policy, and each wants a person with a role', () => {
  // The device user's own act, by the code on their receipt: they end what they had agreed to.
  for (const { who, path, logs } of ROUTES.filter((route) => route.path !== PATHS.myPhoneWithdraw))
    for (const kind of logs)
      if (DECISIONS.has(kind)) assert(who !== 'anyone', `${path} logs ${kind} for somebody without a name`)
  assert(DECISIONS.size >= 8, [...DECISIONS].join(', '))
  assert.deepEqual(
    [...BY_ITSELF].filter((kind) => !isEventKind(kind)),
    [],
  )
})

test('C18: what goes by the clock or on the queue calls no act that decides', () => {
  const deciding = new Set(
    globSync(
      [
        'decision/{grant,narrow,turn}*.ts',
        'destruction/{decide,propose}*.ts',
        'find/decide*.ts',
        'retention/{decide,holds}*.ts',
        'review/{decide,tag}*.ts',
        'archive/*/{decide,propose,set,lift}*.ts',
        'apps/{decide,suspend}*.ts',
        'dpia/{advise,approve,decide}*.ts',
      ],
      {
        cwd: new URL('../actions/', import.meta.url),
      },
    ).flatMap((file) =>
      [
        ...readFileSync(new URL(`../actions/${file}`, import.meta.url), 'utf8').matchAll(
          /^export async function (\w+)/gm,
        ),
      ].map(([, name]) => name as string),
    ),
  )
  assert(deciding.has('grantRequest') && deciding.has('approveDestruction') && deciding.has('decidePrivilege'))
  for (const file of globSync('*.ts', { cwd: new URL('../jobs/', import.meta.url) })) {
    if (/\.(test|fixture)\.ts$/.test(file)) continue
    const text = readFileSync(new URL(`../jobs/${file}`, import.meta.url), 'utf8')
    for (const name of deciding) assert(!new RegExp(`\\b${name}\\b`).test(text), `${file} calls ${name}`)
  }
})

test('C18: left to itself for years the service decides nothing, and says of itself only what it ended or finished', async (t) => {
  const { service } = await storyService(t)
  const { ops } = service
  for (const days of [1, 40, 400, 4000]) {
    service.setNow(new Date(STORY_TIME.getTime() + days * 86_400_000))
    for (const timer of TIMERS) if (!/witness|audit|log/.test(timer.name)) await timer.run({ ops } as never)
  }
  const rows = await ops.store.db.selectFrom('statements').select(['kind', 'actor']).execute()
  const people = new Map(
    (await ops.store.db.selectFrom('people').select(['id', 'roles']).execute()).map(({ id, roles }) => [id, roles]),
  )
  assert(rows.some(({ kind }) => kind === 'authorisation.expired'))
  for (const { kind, actor } of rows)
    if (actor === 'service') assert(BY_ITSELF.has(kind), kind)
    else assert((people.get(actor)?.length ?? 0) > 0, `${kind} by nobody who has a role`)
  const decided = rows.filter(({ kind }) => DECISIONS.has(kind as EventKind))
  assert(decided.length > 5)
  for (const { kind, actor } of decided) assert(people.has(actor) || kind === 'destruction.done', kind)
})

test('C4: an extract serves the case that it was taken for: no act hands it to another case or joins two of them', () => {
  const logged = new Set(ROUTES.flatMap(({ logs }) => logs))
  for (const kind of ['extract.combined', 'item.exported', 'item.disclosed'] as const) assert(!logged.has(kind), kind)
  // A recording of an archive is of no case yet.
  for (const { path, who, about } of ROUTES)
    if (who in ACTS && POLICY[who as Act].content && who !== 'recording.listen') {
      assert.equal(about, 'extraction', `${path} asks for the case of the extract`)
      assert.deepEqual(POLICY[who as Act].anyone ?? [], [], `${path} is for members of that case alone`)
    }
})
