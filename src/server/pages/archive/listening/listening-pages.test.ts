import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { anArchive } from '../../../../actions/archive/an-archive.fixture.ts'
import { testService, type Visitor } from '../../../test-service.fixture.ts'
import { errorsOf, textOf } from '../../request/request-walk.fixture.ts'
import { rangeOf } from './playing.ts'

const PLAYED = ['wav', 'flac', 'ogg', 'mp3', 'm4a'] as const

test('the pages of listening', async (t) => {
  const service = await testService(t)
  const { app } = service
  const archive = await anArchive(service, { recordings: 400 })
  const { id: archiveId, ops } = archive
  const asker = await service.as('dis210')
  const owner = await service.as('iao310')
  const itemOf = async (more: { protected?: true; containers?: readonly string[] }) => {
    const { id } = await ops.store.db
      .selectFrom('archive_items')
      .select('id')
      .where('archive_id', '=', archiveId)
      .where('audio', '=', 'whole')
      .where('class', 'in', more.protected ? ['C'] : ['A', 'B', 'D', 'E'])
      .$if(more.containers !== undefined, (query) => query.where('container', 'in', more.containers ?? []))
      .orderBy('bytes', 'desc')
      .executeTakeFirstOrThrow()
    return id
  }
  const allowedFor = async (item: string) => {
    const page = `/archives/${archiveId}/recordings/${item}/listen`
    const asked = await asker.post(page, { reason: 'Nothing else tells whose call it is.' })
    const at = String(asked.headers.location).split('?')[0] as string
    assert.equal((await owner.post(`${at}/decision`, { outcome: 'allowed' })).statusCode, 303)
    return at
  }
  const part = (visitor: Visitor, url: string, range?: string) =>
    app.inject({ method: 'GET', url, headers: { cookie: visitor.cookie, ...(range !== undefined && { range }) } })

  await t.test('E15: of what may be privileged there is no form, and what to do instead', async () => {
    const page = textOf(
      await asker.get(`/archives/${archiveId}/recordings/${await itemOf({ protected: true })}/listen`),
    )
    assert.match(page, /Nobody in the force listens to it[\s\S]*independent counsel/)
    assert.doesNotMatch(page, /Why can it not be decided/)
  })

  await t.test('E14: one asks, another allows on the start page, and both see where it stands', async () => {
    const item = await itemOf({ containers: PLAYED })
    const page = `/archives/${archiveId}/recordings/${item}/listen`
    assert.equal((await owner.get(page)).statusCode, 403)
    const form = await asker.get(page)
    assert.match(textOf(form), /A recording of phone \d+, \w+ 20\d\d/)
    const { details } = { details: archive.truth.get(item) }
    for (const told of [details?.number ?? 'x', details?.path ?? 'x', details?.holder ?? 'x'])
      assert(!form.body.includes(told), 'the page tells whose call it is')
    assert.deepEqual(errorsOf(await asker.post(page, {})), ['Enter why it cannot be decided without listening'])
    const asked = await asker.post(page, { reason: 'Nothing else tells whose call it is.' })
    const at = String(asked.headers.location).split('?')[0] as string
    assert.match(textOf(await asker.get(`${at}?done=asked`)), /Your request is sent[\s\S]*Waits for a decision/)
    assert.equal((await asker.get(page)).headers.location, at)
    assert.equal((await part(asker, `${at}/sound`)).statusCode, 409)
    assert.match((await owner.get('/')).body, new RegExp(`href="${at}"`))
    assert.deepEqual(errorsOf(await owner.post(`${at}/decision`, {})), ['Select whether it may be listened to'])
    assert.deepEqual(errorsOf(await owner.post(`${at}/decision`, { outcome: 'refused' })), ['Enter why not'])
    assert.equal((await asker.post(`${at}/decision`, { outcome: 'allowed' })).statusCode, 403)
    await owner.post(`${at}/decision`, { outcome: 'refused', refusedBecause: 'The bill tells it.' })
    assert.match(textOf(await asker.get(at)), /Refused: The bill tells it/)
    for (const who of ['rec300', 'dpo400', 'pc4321', 'app410'])
      assert.equal((await (await service.as(who)).get(at)).statusCode, 403, who)
  })

  await t.test(
    'E14 and C-LOG: the sound comes in parts, is kept nowhere, and every part stands on the page',
    async () => {
      const item = await itemOf({ containers: PLAYED })
      const original = readFileSync(join(archive.collected, archive.truth.get(item)?.path ?? ''))
      const at = await allowedFor(item)
      const page = await asker.get(at)
      assert.match(page.body, new RegExp(`<audio[^>]* preload="none" src="${at}/sound"`))
      assert.doesNotMatch((await owner.get(at)).body, /<audio/)
      assert.match((await asker.get('/')).body, new RegExp(`href="${at}"`))
      const some = await part(asker, `${at}/sound`, 'bytes=10-109')
      assert.equal(some.statusCode, 206)
      assert.equal(some.headers['content-range'], `bytes 10-109/${original.length}`)
      assert.equal(some.headers['cache-control'], 'no-store')
      assert(some.rawPayload.equals(original.subarray(10, 110)))
      const whole = await part(asker, `${at}/sound`)
      assert.deepEqual([whole.statusCode, String(whole.headers['content-type']).split('/')[0]], [200, 'audio'])
      assert(whole.rawPayload.equals(original))
      assert.equal((await part(asker, `${at}/sound`, `bytes=${original.length}-`)).statusCode, 416)
      assert.equal((await part(owner, `${at}/sound`)).statusCode, 403)
      assert.match(textOf(await owner.get(at)), /What was sent[\s\S]*0:00 to 0:0\d/)
      // At once, without proving again who they are.
      assert.equal((await (await service.as('iao311', { stepUp: false })).post(`${at}/end`)).statusCode, 303)
      assert.equal((await part(asker, `${at}/sound`)).statusCode, 409)
      assert.match(textOf(await asker.get(at)), /Ended before its time by Vida Stone/)
    },
  )

  await t.test(
    'of what no browser plays the bytes are given to be saved, and that is logged as all of it',
    async () => {
      const item = await itemOf({ containers: ['amr'] })
      const original = readFileSync(join(archive.collected, archive.truth.get(item)?.path ?? ''))
      const at = await allowedFor(item)
      const page = await asker.get(at)
      assert.match(textOf(page), /No browser plays this kind of file/)
      assert.doesNotMatch(page.body, /<audio/)
      assert.equal((await part(asker, `${at}/sound`)).statusCode, 415)
      const saved = await part(asker, `${at}/file`)
      assert.equal(saved.headers['content-disposition'], 'attachment; filename="recording.amr"')
      assert(saved.rawPayload.equals(original))
      assert.match(textOf(await owner.get(at)), /Saved as a file: 0:00 to/)
    },
  )
})

test('a range is one, and no more than some seconds of it are sent at once', () => {
  const MINUTES = 10 * 60_000
  assert.deepEqual(rangeOf(undefined, 100, 1000), { whole: true })
  assert.deepEqual(rangeOf('bytes=0-1,5-9', 100, 1000), { whole: true })
  assert.deepEqual(rangeOf('items=0-1', 100, 1000), { whole: true })
  assert.deepEqual(rangeOf('bytes=-', 100, 1000), { whole: true })
  assert.deepEqual(rangeOf('bytes=9-3', 100, 1000), { whole: true })
  assert.deepEqual(rangeOf('bytes=0-', 100, 1000), { from: 0, to: 100 })
  assert.deepEqual(rangeOf('bytes=-10', 100, 1000), { from: 90, to: 100 })
  assert.deepEqual(rangeOf('bytes=-1000', 100, 1000), { from: 0, to: 100 })
  assert.deepEqual(rangeOf('bytes=-0', 100, 1000), { not: true })
  assert.deepEqual(rangeOf('bytes=100-', 100, 1000), { not: true })
  assert.deepEqual(rangeOf('bytes=5-1000', 100, 1000), { from: 5, to: 100 })
  assert.deepEqual(rangeOf('bytes=0-', 60_000_000, MINUTES), { from: 0, to: 2_000_000 })
  assert.deepEqual(rangeOf('bytes=7-', 60_000_000, null), { from: 7, to: 7 + 65_536 })
})
