import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anApprovedApp, anAssessedApp, aPackage, askTrial, aWrittenDpia } from '../../../actions/apps/an-app.fixture.ts'
import { testService, type TestService, type Visitor } from '../../test-service.fixture.ts'
import { errorsOf, textOf } from '../request/request-walk.fixture.ts'

/** Posts a file as a browser does. */
async function upload({ app }: TestService, visitor: Visitor, path: string, name: string, bytes: Buffer) {
  const form = new FormData()
  form.append('csrf', visitor.csrf)
  form.append(name, new Blob([new Uint8Array(bytes)]), 'a name that nobody keeps')
  const request = new Request('http://localhost/', { method: 'POST', body: form })
  const payload = Buffer.from(await request.arrayBuffer())
  const headers = { cookie: visitor.cookie, 'content-type': request.headers.get('content-type') ?? '' }
  return app.inject({ method: 'POST', url: path, headers, payload })
}

test('the catalogue of apps', async (t) => {
  const service = await testService(t)
  service.setNow(new Date('2026-11-20T10:00:00Z'))
  const [owner, officer, decider, dpo] = await Promise.all(
    ['app410', 'pc4321', 'iao310', 'dpo400'].map((id) => service.as(id)),
  )
  assert(owner && officer && decider && dpo)

  await t.test(
    'E9: it is empty until somebody asks; whoever asks sees what became of it, and nothing else',
    async () => {
      assert.match(textOf(await owner.get('/apps')), /Nobody has asked for an app yet/)
      assert.deepEqual(errorsOf(await officer.post('/apps/ask', {})), [
        'Enter what the app is called',
        'Enter who publishes it',
        'Enter what it is for',
        'Enter why it is needed',
        'Enter the roles that would have it',
        'Enter on how many phones, as a whole number',
      ])
      const asked = {
        app: 'Torch',
        publisher: 'X',
        purpose: 'Light.',
        why: 'It is dark.',
        roles: 'constable',
        phones: '5',
      }
      const answer = await officer.post('/apps/ask', asked)
      assert.equal(answer.headers.location, '/apps/ask?done=asked')
      assert.match(textOf(await officer.get('/apps/ask')), /What you asked for Torch Asked for/)
      assert.equal((await officer.get('/apps')).statusCode, 403)
      assert.match((await officer.get('/')).body, /href="\/apps\/ask"/)
      assert.match(textOf(await owner.get('/')), /Say whether Torch goes further/)
    },
  )

  await t.test('E9: a request that says too little goes no further, and the page says what it lacks', async () => {
    const { id } = await service.ops.store.db.selectFrom('apps').select('id').executeTakeFirstOrThrow()
    assert.deepEqual(errorsOf(await owner.post(`/apps/${id}/screening`, {})), ['Choose whether it goes further'])
    const refused = await owner.post(`/apps/${id}/screening`, { outcome: 'go_on' })
    assert.equal(refused.statusCode, 422)
    assert.match(textOf(refused), /What stands against it The request does not say enough to be screened/)
    assert.match(textOf(await owner.get(`/apps/${id}`)), /Have its package looked into/)
    // Of two who write a part at once the second is told.
    const part = { seen: '1', exit: 'It is deleted.' }
    assert.equal((await owner.post(`/apps/${id}/entry/exit`, part)).statusCode, 303)
    assert.equal((await owner.post(`/apps/${id}/entry/exit`, part)).statusCode, 409)
    assert.equal((await decider.post(`/apps/${id}/entry/exit`, part)).statusCode, 403)
  })

  await t.test(
    'E12, H17: what is asked waits for somebody who proves who they are, and the asker cannot decide',
    async () => {
      const app = await anAssessedApp(service)
      await askTrial(service, app)
      const unproved = await service.as('iao310', { stepUp: false })
      assert.match(String((await unproved.get(`/apps/${app}/decision`)).headers.location), /confirm-it-is-you/)
      assert.equal((await owner.post(`/apps/${app}/decision`, { outcome: 'agree' })).statusCode, 403)
      assert.equal((await dpo.post(`/apps/${app}/decision`, { outcome: 'agree' })).statusCode, 403)
      assert.deepEqual(errorsOf(await decider.post(`/apps/${app}/decision`, { outcome: 'refuse' })), [
        'Enter why it is refused',
      ])
      assert.equal((await decider.post(`/apps/${app}/decision`, { outcome: 'agree' })).statusCode, 303)
      assert.match(textOf(await decider.get(`/apps/${app}`)), /On trial/)
      assert.deepEqual(
        errorsOf(
          await owner.post(`/apps/${app}/approval`, {
            report: 'Good.',
            minutes: 'AB/1',
            present: 'iao310\nnobody1',
            accepts: 'iao311',
          }),
        ),
        ['Line 2: nobody with this staff number has signed in yet'],
      )
    },
  )

  await t.test(
    'E10, E11: a package is looked into by upload; a hostile one is refused with words, and nothing is kept',
    async () => {
      const app = await anApprovedApp(service, { app: 'Call Notes' })
      const path = `/apps/${app}/package`
      assert.deepEqual(errorsOf(await upload(service, owner, path, 'package', Buffer.alloc(0))), ['Choose a package'])
      const bad = await upload(service, owner, path, 'package', Buffer.from('PK no app'))
      assert.equal(bad.statusCode, 422)
      assert.match(errorsOf(bad)[0] ?? '', /^The package was refused/)
      const worse = aPackage('RECORD_AUDIO', 'READ_PHONE_STATE')
      const answer = await upload(service, owner, path, 'package', worse)
      assert.equal(answer.statusCode, 303)
      const found = textOf(await dpo.get(String(answer.headers.location)))
      assert.match(found, /The app is suspended now/)
      assert.match(found, /B: it could record calls/)
      assert.match(textOf(await owner.get(`/apps/${app}`)), /Suspended/)
      const again = await service.app.inject({
        method: 'POST',
        url: path,
        headers: { cookie: owner.cookie, 'content-type': 'multipart/form-data; boundary=x' },
        payload: '--x\r\nContent-Disposition: form-data; name="package"; filename="a"\r\n\r\nx\r\n--x--\r\n',
      })
      assert.equal(again.statusCode, 403)
    },
  )

  await t.test(
    'E10: a policy is tried dry, written out by whoever proves who they are, and says what it changes',
    async () => {
      const app = await anApprovedApp(service, { app: 'Scene Map' })
      const form = { seen: '0', apps: app, microphone: 'disabled' }
      assert.deepEqual(errorsOf(await owner.post('/apps/policies/constable', { seen: '0' })), [
        'Choose what the microphone of the phone does',
      ])
      assert.equal((await owner.post('/apps/policies/constable', form)).statusCode, 303)
      assert.match(textOf(await dpo.get('/apps/policies/constable/export/android')), /MICROPHONE_ACCESS_DISABLED/)
      assert.equal((await dpo.post('/apps/policies/constable/export/android')).statusCode, 403)
      const file = await owner.post('/apps/policies/constable/export/android')
      assert.match(String(file.headers['content-disposition']), /attachment/)
      assert.equal(JSON.parse(file.body).playStoreMode, 'WHITELIST')
      assert.match(
        textOf(await owner.get('/apps/policies/constable/export/android')),
        /since 20 November 2026[^.]*Nothing\./,
      )
      const sheet = await owner.post('/apps/policies/constable/export/sheet')
      assert.match(sheet.body, /Scene Map/)
      // Intune knows no id of it.
      assert.match(textOf(await owner.get('/apps/policies/constable/export/intune')), /Nothing is written out/)
    },
  )

  await t.test(
    'C25: an assessment is written step by step, and two who write at once do not lose what the other wrote',
    async () => {
      const [app] = await service.ops.store.db.selectFrom('apps').select('id').execute()
      const dpia = await aWrittenDpia(service, app?.id ?? '', 'DPIA/2026/77')
      const step = { seen: '2', life_of_data: 'It is deleted after a day.' }
      assert.equal((await owner.post(`/apps/dpia/${dpia}/steps/2`, step)).statusCode, 303)
      assert.equal((await owner.post(`/apps/dpia/${dpia}/steps/2`, step)).statusCode, 409)
      // What was left empty is missing now.
      assert.match(textOf(await dpo.get(`/apps/dpia/${dpia}`)), /21 things missing/)
      assert.deepEqual(errorsOf(await decider.post(`/apps/dpia/${dpia}/advice/decision`, { outcome: 'anything' })), [
        'Choose whether you accept the advice',
      ])
      const sent = await owner.post(`/apps/dpia/${dpia}/send`)
      assert.match(
        textOf(await owner.get(String(sent.headers.location))),
        /It is not sent, because something is missing/,
      )
      const risk = {
        seen: '3',
        says: 'It is lost.',
        likelihood: 'remote',
        severity: 'severe',
        effect: 'reduced',
        residual: 'high',
      }
      assert.deepEqual(errorsOf(await owner.post(`/apps/dpia/${dpia}/risks/R1`, risk)), [
        'What is left of the risk is greater than the risk was.',
      ])
      assert.match((await dpo.get(`/apps/dpia/${dpia}/files/peel`)).body, /peel-dpia\/1/)
      assert.equal((await dpo.get(`/apps/dpia/${dpia}/steps/2`)).statusCode, 403)
    },
  )
})
