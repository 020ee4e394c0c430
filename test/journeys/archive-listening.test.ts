import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type AnArchive, anArchive } from '../../src/actions/archive/an-archive.fixture.ts'
import { journey } from './browser.ts'
import type { Person } from './person.ts'

test('E14, E15: one recording is asked for with a reason, allowed by somebody else, heard by one person, and stopped', async (t) => {
  const at = await journey(t, 'archive-listening')
  if (at === undefined) return
  const archive = await anArchive(at.service, { recordings: 300 })
  const played = await recording(archive, ['wav', 'flac', 'ogg', 'mp3', 'm4a'])
  const notPlayed = await recording(archive, ['amr', '3gp'])
  const reason = 'Nothing tells whose call it is, and the phone was in an operation on that day.'

  const isla = await at.person('dis210')
  await isla.open(`/archives/${archive.id}/recordings/${await protectedOne(archive)}/listen`)
  await isla.provesWhoTheyAre()
  await isla.at('Ask to listen to a recording')
  await isla.sees('Nobody in the force listens to it, whatever the reason.')
  await isla.sees('independent counsel')

  await isla.open(`/archives/${archive.id}/recordings/${played}/listen`)
  await isla.at('Ask to listen to a recording')
  await isRefused(isla, 'Ask')
  await isla.at('Ask to listen to a recording')
  await isla.type('Why can it not be decided without listening?', reason)
  await isla.press('Ask')
  await isla.at('Listening to a recording')
  await isla.sees('An information asset owner decides.')
  const listening = new URL(isla.page.url()).pathname

  const moss = await at.person('iao310')
  await moss.follow('Decide whether a recording is listened to')
  await moss.provesWhoTheyAre()
  await moss.at('May this recording be listened to?')
  await moss.sees(reason)
  await isRefused(moss, 'Record this decision')
  await moss.at('May this recording be listened to?')
  await moss.choose('It may be listened to')
  await moss.press('Record this decision')
  await moss.at('Listening to a recording')
  await moss.sees('May be listened to now')
  assert.equal(await moss.page.locator('audio').count(), 0, 'whoever allows it hears it')

  await isla.open('/')
  await isla.follow('Listen to the recording you asked for')
  await isla.at('Listening to a recording')
  await isla.sees('You alone may listen')
  await isla.doesNotSee('0:00 to')
  const heard = await isla.page.locator('audio').evaluate(async (element) => {
    const audio = element as unknown as {
      play(): Promise<void>
      duration: number
      addEventListener(name: string, heard: () => void): void
    }
    const ended = new Promise<void>((resolve) => audio.addEventListener('ended', resolve))
    await audio.play()
    await ended
    return audio.duration
  })
  const truth = archive.truth.get(played)
  assert(Math.abs(heard * 1000 - (truth?.duration_ms ?? 0)) < 200, `${heard} s of ${truth?.duration_ms} ms`)
  await isla.open(listening)
  await isla.at('Listening to a recording')
  await isla.sees(/0:00 to 0:/)
  await moss.open(listening)
  await moss.at('Listening to a recording')
  await moss.sees(/0:00 to 0:/)
  await moss.press('Stop it now')
  await moss.at('Listening to a recording')
  await isla.open(listening)
  await isla.at('Listening to a recording')
  await isla.sees('Ended before its time by Moss Tate.')
  assert.equal(await isla.page.locator('audio').count(), 0)

  await isla.open(`/archives/${archive.id}/recordings/${notPlayed}/listen`)
  await isla.type('Why can it not be decided without listening?', reason)
  await isla.press('Ask')
  await isla.at('Listening to a recording', { looking: false })
  await moss.open('/')
  await moss.follow('Decide whether a recording is listened to')
  await moss.at('May this recording be listened to?', { looking: false })
  await moss.choose('It may be listened to')
  await moss.press('Record this decision')
  await moss.at('Listening to a recording', { looking: false })
  await isla.open('/')
  await isla.follow('Listen to the recording you asked for')
  await isla.at('Listening to a recording')
  await isla.sees('No browser plays this kind of file.')
  const saved = await isla.download(() => isla.page.getByRole('button', { name: 'Save the file' }).click())
  assert.match(saved.suggestedFilename(), /^recording\.(?:amr|awb|3gp)$/)
  assert(
    readFileSync(await saved.path()).equals(
      readFileSync(join(archive.collected, archive.truth.get(notPlayed)?.path ?? '')),
    ),
    'what is saved is not what was recorded',
  )
  await isla.open(new URL(isla.page.url()).pathname)
  await isla.sees(/Saved as a file: 0:00 to/)
  await isla.press('Stop listening')
  await isla.at('Listening to a recording')
  await isla.sees('It is ended. Nothing more is sent.')
})

async function recording({ ops, id }: AnArchive, containers: readonly string[]): Promise<string> {
  const row = await ops.store.db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', id)
    .where('audio', '=', 'whole')
    .where('class', 'in', ['D', 'E'])
    .where('container', 'in', containers)
    .orderBy('duration_ms')
    .executeTakeFirstOrThrow()
  return row.id
}

async function protectedOne({ ops, id }: AnArchive): Promise<string> {
  const row = await ops.store.db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', id)
    .where('class', '=', 'C')
    .executeTakeFirstOrThrow()
  return row.id
}

/** Sends a form that is not taken: the answer is there before anybody goes on. */
async function isRefused(person: Person, button: string): Promise<void> {
  await person.refused(async () => {
    await person.press(button)
    await person.sees('There is a problem')
  })
}
