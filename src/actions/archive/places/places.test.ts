import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../../server/test-service.fixture.ts'
import { ActionError } from '../../action-error.ts'
import { newId } from '../../new-id.ts'
import type { Ops } from '../../ops.ts'
import { takeBackMilestone, noteMilestone } from '../history/note-milestone.ts'
import { readMilestones } from '../history/read-milestones.ts'
import { giveFigure } from '../figures/give-figure.ts'
import { checkPlace, namePlace, placeFaults } from './note-place.ts'
import { readPlaces } from './read-places.ts'

async function anEmptyArchive({ store, random, now }: Ops): Promise<string> {
  const id = newId(random)
  await store.db
    .insertInto('archives')
    .values({ id, title: 'Old phones', collected_as: 'x', state: 'matched', opened_by: 'rec300', opened_at: now() })
    .execute()
  return id
}

const because = (reason: string) => (error: unknown) => error instanceof ActionError && error.reason === reason

test('E14: a place keeps everything that was ever said of it, and what was said last counts', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const archive = await anEmptyArchive(ops)
  const [kit, nia] = [await service.actor('rec300'), await service.actor('dpo400')]
  const first = await namePlace(ops, kit, archive, {
    kind: 'cloud',
    title: ' Google Drive ',
    found: 'still_there',
    evidence: 'Listed by the account’s administrator.',
  })
  await namePlace(ops, kit, archive, { kind: 'backup', title: 'Tapes', found: 'not_checked', evidence: '' })
  service.setNow(new Date(ops.now().getTime() + 60_000))
  const second = await checkPlace(ops, nia, archive, first, { found: 'gone', evidence: 'Listed again: nothing.' })
  const { places } = await readPlaces(ops, kit, archive)
  assert.deepEqual(
    places.map(({ kind, title, now, before }) => [kind, title, now.found, now.by, before.map(({ found }) => found)]),
    [
      ['cloud', 'Google Drive', 'gone', 'Nia Pugh', ['still_there']],
      ['backup', 'Tapes', 'not_checked', 'Kit Abara', []],
    ],
  )
  await assert.rejects(
    checkPlace(ops, kit, archive, first, { found: 'gone', evidence: 'x' }),
    because('CHANGED_MEANWHILE'),
  )
  const twice = { kind: 'cloud', title: 'Google Drive', found: 'gone', evidence: 'x' } as const
  await assert.rejects(namePlace(ops, kit, archive, twice), because('title'))
  const noted = await ops.store.db
    .selectFrom('statements')
    .selectAll()
    .where('kind', '=', 'archive.place_checked')
    .execute()
  assert.equal(noted.length, 3)
  assert(second !== first)
})

test('E14: nobody says that a copy is gone without saying how they know', () => {
  for (const found of ['gone', 'nothing_there', 'still_there', 'not_reached'] as const)
    assert.deepEqual(
      placeFaults({ title: 'Dropbox', found, evidence: ' ' }).map(({ field }) => field),
      ['evidence'],
    )
  assert.deepEqual(placeFaults({ title: 'Dropbox', found: 'not_checked', evidence: '' }), [])
})

test('E17: a day that was written down wrongly is struck out and stays to be read', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const archive = await anEmptyArchive(ops)
  const nia = await service.actor('dpo400')
  await noteMilestone(ops, nia, archive, {
    kind: 'ico_told',
    day: '2020-06-15',
    says: 'By telephone, then in writing.',
  })
  const wrong = await noteMilestone(ops, nia, archive, { kind: 'discovered', day: '2020-03-01', says: '' })
  await takeBackMilestone(ops, nia, archive, wrong)
  await assert.rejects(takeBackMilestone(ops, nia, archive, wrong), because('NOT_FOUND'))
  assert.deepEqual(
    (await readMilestones(ops, nia, archive)).milestones.map(({ kind, day, takenBack }) => [kind, day, takenBack?.by]),
    [
      ['discovered', '2020-03-01', 'Nia Pugh'],
      ['ico_told', '2020-06-15', undefined],
    ],
  )
  const refused = [
    [{ kind: 'ico_told', day: '2020-02-30', says: '' }, 'day'],
    [{ kind: 'ico_told', day: '2999-01-01', says: '' }, 'day'],
    [{ kind: 'people_not_told', day: '2020-02-03', says: ' ' }, 'says'],
  ] as const
  for (const [said, field] of refused) await assert.rejects(noteMilestone(ops, nia, archive, said), because(field))
})

test('E17: only whoever keeps, owns or oversees what is held writes its history, and no other archive’s', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const archive = await anEmptyArchive(ops)
  const said = { kind: 'discovered', day: '2020-03-01', says: '' } as const
  for (const id of ['pc4321', 'dis210', 'adm500', 'app410']) {
    const actor = await service.actor(id)
    await assert.rejects(noteMilestone(ops, actor, archive, said), because('NOT_YOUR_ROLE'))
    await assert.rejects(
      giveFigure(ops, actor, archive, { figure: 'downloads', value: 1, source: 'x' }),
      because('NOT_YOUR_ROLE'),
    )
  }
  const kit = await service.actor('rec300')
  await assert.rejects(noteMilestone(ops, kit, newId(ops.random), said), because('NOT_FOUND'))
  const milestone = await noteMilestone(ops, kit, archive, said)
  await assert.rejects(takeBackMilestone(ops, kit, await anEmptyArchive(ops), milestone), because('NOT_FOUND'))
})
