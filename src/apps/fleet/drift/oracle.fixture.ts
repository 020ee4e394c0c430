import fc from 'fast-check'
import { anImport, DAY, OTHER_SIGNER, SIGNER } from '../a-fleet.fixture.ts'
import type { Imported, Install } from '../install.ts'
import type { PermittedApp } from '../permitted.ts'
import type { Rules } from './judge.ts'

const day = fc.integer({ min: 1, max: 6 })
const device = fc.constantFrom('d1', 'd2')
const id = fc.constantFrom('a', 'b', 'c')
const role = fc.constantFrom('response', 'office')
const entry = fc.constantFrom('e1', 'e2')

const install = fc.record({
  device,
  platform: fc.constant('android' as const),
  id: fc.option(id, { nil: undefined }),
  name: fc.constantFrom('Radio', 'radio', 'Chat'),
  versionCode: fc.constantFrom(undefined, 1, 2),
  installer: fc.constantFrom(undefined, 'store', 'system', 'other', 'none'),
  signers: fc.constantFrom([], [SIGNER], [OTHER_SIGNER], [`sha1:${'c'.repeat(40)}`]),
  source: fc.constant('android_management' as const),
  firstSeen: fc.constant(DAY(1)),
  firstSeenSaid: fc.boolean(),
})

const permitted = fc.record(
  {
    entry,
    name: fc.constant('x'),
    platform: fc.constant('android' as const),
    id,
    signers: fc.constantFrom([], [SIGNER], [OTHER_SIGNER]),
    roles: fc.uniqueArray(role),
    approved: day.map(DAY),
    assessedUntil: day.map(DAY),
    withdrawn: day.map(DAY),
    minimum: fc.record({ versionCode: fc.constantFrom(1, 2), since: day.map(DAY) }),
    mayRecord: fc.boolean(),
    inHouse: fc.boolean(),
  },
  { requiredKeys: ['entry', 'name', 'platform', 'id', 'signers', 'roles', 'approved', 'assessedUntil'] },
)

const rules = fc.record({
  permitted: fc.array(permitted, { maxLength: 4 }),
  policies: fc.array(
    fc.record({
      role,
      apps: fc.array(fc.record({ entry, install: fc.constant('required' as const) }), { maxLength: 2 }),
      accessibility: fc.constant([]),
      microphone: fc.constant('user_choice' as const),
      groups: fc.constant([]),
    }),
    { maxLength: 2 },
  ),
  roles: fc.array(fc.record({ device, role }), { maxLength: 3 }),
  aliases: fc.array(
    fc.record(
      {
        platform: fc.constant('android' as const),
        name: fc.constantFrom('RADIO', 'chat'),
        id,
        confirmed: fc.record({ by: fc.constantFrom('', 'u-17'), at: fc.constant(DAY(1)) }),
      },
      { requiredKeys: ['platform', 'name', 'id'] },
    ),
    { maxLength: 3 },
  ),
  grades: fc.array(
    fc.record({ platform: fc.constant('android' as const), id, grade: fc.constantFrom('A', 'B', 'C', 'none') }),
    { maxLength: 2 },
  ),
})

const history = fc.array(
  fc
    .tuple(day, fc.array(install, { maxLength: 5 }), fc.boolean())
    .map(([at, installs, whole]) => anImport(DAY(at), installs, whole ? { reported: ['d1', 'd2'] } : { reported: [] })),
  { maxLength: 4 },
)

/** A history and its rules, with the same in another order throughout. */
export const someHistory = fc.tuple(history, rules).chain(([imports, given]) =>
  fc.record({
    imports: fc.constant(imports as readonly Imported[]),
    rules: fc.constant(given as Rules),
    shuffled: fc.record({
      imports: fc
        .tuple(...imports.map((one) => reordered(one.installs).map((installs) => ({ ...one, installs }))))
        .chain((list) => reordered<Imported>(list)),
      rules: fc.record({
        permitted: reordered(given.permitted),
        policies: reordered(given.policies),
        roles: reordered(given.roles),
        aliases: reordered(given.aliases),
        grades: reordered(given.grades),
      }) as fc.Arbitrary<Rules>,
    }),
  }),
)

function reordered<One>(list: readonly One[]): fc.Arbitrary<One[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length })
}

interface Line {
  readonly device: string
  readonly app: string
  readonly kind: string
  readonly opened: string
  readonly closed: string | undefined
}

/** Tickets by asking every question of every install on every day, without state, tables or haste. Shares no code with what it checks. */
export function oracle(imports: readonly Imported[], rules: Rules): readonly Line[] {
  const days = [...new Set(imports.map(({ at }) => at))].sort()
  const lines: { -readonly [Key in keyof Line]: Line[Key] }[] = []
  for (const at of days) {
    const wrong = new Set<string>()
    for (const one of held(imports, at))
      for (const kind of wrongs(one, rules, at)) wrong.add(JSON.stringify([one.device, keyOf(one, rules), kind]))
    for (const line of lines)
      if (line.closed === undefined && !wrong.delete(JSON.stringify([line.device, line.app, line.kind])))
        line.closed = at
    for (const key of wrong) {
      const [device, app, kind] = JSON.parse(key)
      lines.push({ device, app, kind, opened: at, closed: undefined })
    }
  }
  const order = (line: Line) => `${line.opened} ${JSON.stringify([line.device, line.app, line.kind])}`
  return lines.sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

/** What is on phones: what an import says, and what an earlier one said where no whole list came since without it. */
function held(imports: readonly Imported[], at: string): readonly Install[] {
  const same = (one: Install) => one.id ?? `name ${one.name?.toLowerCase()}`
  return imports.flatMap((given) =>
    given.at > at
      ? []
      : given.installs.filter((one) => {
          const later = imports.filter((other) => other.at > given.at && other.at <= at)
          if (later.some(({ reported }) => reported.includes(one.device))) return false
          return !later.some(({ installs }) => installs.some((i) => i.device === one.device && same(i) === same(one)))
        }),
  )
}

function idOf(one: Install, { aliases }: Rules): string | undefined {
  const ids = aliases
    .filter(({ confirmed, name }) => confirmed?.by && name.toLowerCase() === one.name?.toLowerCase())
    .map((alias) => alias.id)
  return one.id ?? (new Set(ids).size === 1 ? ids[0] : undefined)
}

function keyOf(one: Install, rules: Rules): string {
  return `android ${idOf(one, rules) ?? `name:${one.name?.toLowerCase()}`}`
}

function wrongs(one: Install, rules: Rules, at: string): readonly string[] {
  const app = idOf(one, rules)
  const known = rules.permitted.filter(({ id: other }) => other === app)
  const good = known.filter(
    ({ approved, assessedUntil, withdrawn }) =>
      approved <= at && at < assessedUntil && (withdrawn === undefined || at < withdrawn),
  )
  const roles = new Set(rules.roles.filter((given) => given.device === one.device).map((given) => given.role))
  const mine = good.filter(
    ({ entry: wanted, roles: theirs }) =>
      roles.size === 1 &&
      [...roles].every(
        (my) =>
          theirs.includes(my) &&
          rules.policies.some((policy) => policy.role === my && policy.apps.some((given) => given.entry === wanted)),
      ),
  )
  const found: string[] = []
  if (app === undefined) found.push('unknown_app')
  else if (good.length === 0 && !(known.length === 0 && one.installer === 'system')) found.push('unapproved')
  else if (good.length > 0 && mine.length === 0) found.push('wrong_role')
  if (['other', 'none'].includes(one.installer ?? '') && !good.some(({ inHouse }) => inHouse)) found.push('side_loaded')
  const signing = good.length > 0 ? good : known
  const comparable = signing.filter((given) => given.signers.some((digest) => digest.length === one.signers[0]?.length))
  if (
    comparable.length > 0 &&
    !comparable.some((given) => given.signers.some((digest) => one.signers.includes(digest)))
  )
    found.push('signer_mismatch')
  const asking: readonly PermittedApp[] = mine.length > 0 ? mine : good
  const tooOld = ({ minimum }: PermittedApp) =>
    minimum !== undefined && (one.versionCode === undefined || one.versionCode < (minimum.versionCode ?? 0))
  if (asking.length > 0 && asking.every(tooOld)) found.push('old_version')
  const able = rules.grades.some((given) => given.id === app && ['A', 'B'].includes(given.grade))
  if (able && !mine.some(({ mayRecord }) => mayRecord)) found.push('recorder')
  return found
}
