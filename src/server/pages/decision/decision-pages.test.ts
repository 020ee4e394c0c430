import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aGrant, aRequest, aSubmittedRequest, served } from '../../../actions/decision/a-request.fixture.ts'
import { grantRequest, submitRequest } from '../../../actions/index.ts'
import { describeParts, type Scope } from '../../../scope/index.ts'
import { testService } from '../../test-service.fixture.ts'

const REASONS = { necessity: 'Only the messages show it.', proportionality: 'One person, two weeks.' }

/** A page as its text, without what is hidden in its head. */
function text(body: string): string {
  return body
    .replace(/<head>[\s\S]*?<\/head>|<[^>]*>/g, ' ')
    .replace(/&#39;|’/g, "'")
    .replace(/\s+/g, ' ')
}

test('notice, agreement and decision as pages', async (t) => {
  const service = await testService(t)
  const { ops } = service
  const actor = await service.actor('pc4321')
  const officer = await service.as('pc4321')
  const inspector = await service.as('insp77')
  const statusOf = async (id: string) =>
    (await ops.store.db.selectFrom('requests').select('status').where('id', '=', id).executeTakeFirst())?.status
  const soon = () => {
    const at = new Date(ops.now().getTime() + 7 * 86_400_000)
    return { day: String(at.getUTCDate()), month: String(at.getUTCMonth() + 1), year: String(at.getUTCFullYear()) }
  }

  await t.test('a whole answer, from the notice to the grant, without JavaScript', async () => {
    const { id } = await aRequest(ops, actor)
    const at = (rest: string) => `/requests/${id}/${rest}`
    assert.match(text((await officer.get('/')).body), /Serve the notice: T\/2026/)
    const nobody = await officer.post(at('notice'), { language: 'en' })
    assert.equal(nobody.statusCode, 422)
    assert.match(text(nobody.body), /Select who is asked to agree/)
    const chosen = await officer.post(at('notice'), { to: 'user', language: 'en', reason: 'To see who wrote first.' })
    assert.equal(chosen.headers.location, at('notice/preview'))
    const preview = text((await officer.get(at('notice/preview'))).body)
    for (const part of [
      'What we want to take',
      'Why we want it',
      'What happens to it',
      'You can say no',
      'If you say no',
    ])
      assert.match(preview, new RegExp(part))
    assert.match(preview, /To see who wrote first/)
    assert.match((await officer.get(at('notice/preview?size=large'))).body, /peel-paper--large/)
    const pdf = await officer.get(at('notice/papers/notice-large.pdf'))
    assert.equal(pdf.headers['content-type'], 'application/pdf')
    assert.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-')
    assert.equal((await officer.post(at('notice/preview'), {})).statusCode, 422)
    await officer.post(at('notice/preview'), { format: 'print', channel: 'in-person', adjustments: ['interpreter'] })
    assert.equal(await statusOf(id), 'notice_served')
    assert.match(text((await officer.get('/')).body), /Record the answer: T\/2026/)

    assert.equal((await officer.post(at('agreement'), {})).statusCode, 422)
    assert.equal((await officer.post(at('agreement'), { answer: 'yes' })).headers.location, at('agreement/steps/who'))
    // Nobody comes to the last page over an open question.
    assert.equal((await officer.get(at('agreement/steps/check'))).headers.location, at('agreement/steps/who'))
    await officer.post(at('agreement/steps/who'), { name: 'Mina <Okoro>' })
    assert.equal((await officer.post(at('agreement/steps/manner'), {})).statusCode, 422)
    await officer.post(at('agreement/steps/manner'), { confirmed: 'written', when: 'now' })
    const pressed = await officer.post(at('agreement/steps/pressure'), { noticeRead: 'yes' })
    assert.equal(pressed.statusCode, 422)
    await officer.post(at('agreement/steps/pressure'), { noticeRead: 'yes', noUnduePressure: 'yes', ownWords: 'Yes.' })
    assert.match((await officer.get(at('agreement/steps/check'))).body, /Mina &lt;Okoro&gt;/)
    assert.equal((await officer.post(at('agreement/steps/check'), {})).statusCode, 422)
    const recorded = await officer.post(at('agreement/steps/check'), { copyGiven: 'yes' })
    assert.equal(recorded.headers.location, at('agreement/done'))
    assert.equal(await statusOf(id), 'agreed')

    await submitRequest(ops, actor, { id })
    assert.match((await officer.get(`/requests/${id}`)).body, /agreement\/withdraw"/)
    assert.match(text((await inspector.get('/')).body), /Decide request T\/2026/)
    const whole = text((await inspector.get(at('decision'))).body)
    for (const part of [
      /Harassment/,
      /Ada Holt, constable/,
      /All apps: name those/,
      /Mina <Okoro>|Mina &lt;Okoro&gt;/,
      /Notice served on the device user, by Ada Holt/,
      /Help given: interpreter\./,
      /They agreed in writing\. The officer declared that there was no undue pressure\./,
      /Answered within \d+ minutes? of the notice\. Sent for decision within \d+ minutes? of the answer\./,
      /Grant it/,
    ])
      assert.match(whole, part)
    const empty = await inspector.post(at('decision/grant'), soon())
    assert.equal(empty.statusCode, 422)
    assert.match(text(empty.body), /Enter your reasons on necessity/)
    const granted = await inspector.post(at('decision/grant'), { ...REASONS, ...soon() })
    assert.equal(granted.headers.location, at('decision/done'))
    assert.equal(await statusOf(id), 'granted')
    assert.match(text((await inspector.get(at('decision/done'))).body), /Digest of the signed statement [0-9a-f]{64}/)
    // The same form again: what was decided is shown, and nothing is done.
    assert.equal(
      (await inspector.post(at('decision/grant'), { ...REASONS, ...soon() })).headers.location,
      at('decision/done'),
    )
    // A grant has no page to edit it.
    for (const outcome of ['grant', 'narrow', 'refuse', 'return'])
      assert.equal((await inspector.get(at(`decision/${outcome}`))).statusCode, 303)
    // Nor is it offered to take back what was granted.
    assert.equal((await officer.get(at('withdraw'))).headers.location, `/requests/${id}`)
  })

  await t.test('B24: a refusal is as easy to record as an agreement, and asks for nothing', async () => {
    const { id } = await aRequest(ops, actor)
    await served(ops, actor, id)
    const page = (await officer.get(`/requests/${id}/agreement`)).body
    assert.doesNotMatch(page, /checked/)
    assert.equal(
      (await officer.post(`/requests/${id}/agreement`, { answer: 'no' })).headers.location,
      `/requests/${id}/agreement/refused`,
    )
    await officer.post(`/requests/${id}/agreement/refused`, {})
    assert.equal(await statusOf(id), 'refused_by_user')
    const done = text((await officer.get(`/requests/${id}/agreement/done`)).body)
    assert.match(done, /counts against nobody.*Return the device/)
    assert.equal((await officer.get(`/requests/${id}/agreement/papers/refused.pdf`)).statusCode, 200)
    assert.equal((await officer.get(`/requests/${id}/agreement/papers/withdrawn.pdf`)).statusCode, 409)
  })

  await t.test(
    'B24, B29: agreement to a part is recorded as a no to this version, from which less can be asked for',
    async () => {
      const { id } = await aRequest(ops, actor)
      await served(ops, actor, id)
      const refused = `/requests/${id}/agreement/refused`
      const { headers } = await officer.post(`/requests/${id}/agreement`, { answer: 'part' })
      assert.equal(headers.location, `${refused}?part=yes`)
      assert.match((await officer.get(`${refused}?part=yes`)).body, /They agreed to part of it only/)
      await officer.post(`${refused}?part=yes`, { ownWords: 'The messages, and not my pictures.' })
      assert.equal(await statusOf(id), 'refused_by_user')
      const next = `/requests/${id}/new-version`
      assert((await officer.get(`/requests/${id}/agreement/done`)).body.includes(`href="${next}"`))
      assert.equal((await officer.get(next)).statusCode, 200)
      const made = (await officer.post(next)).headers.location ?? ''
      assert.notEqual(made, `/requests/${id}`)
      assert.equal((await officer.get(made)).statusCode, 200)
    },
  )

  await t.test('B12: of a child the views are asked on a page of their own', async () => {
    const { id } = await aRequest(ops, actor, { userIs: 'child' })
    await served(ops, actor, id, { to: 'parent-or-guardian' })
    const at = (step: string) => `/requests/${id}/agreement/steps/${step}`
    await officer.post(at('who'), { name: 'Tess Amari' })
    const next = await officer.post(at('manner'), { confirmed: 'written', when: 'now' })
    assert.equal(next.headers.location, at('views'))
    assert.equal((await officer.post(at('views'), { viewsOfChild: '' })).statusCode, 422)
  })

  await t.test('B23: a withdrawal is one question, and gives its letter as page and PDF', async () => {
    const { id } = await aSubmittedRequest(ops, actor)
    await grantRequest(ops, await service.actor('insp77'), aGrant(id, ops.now()))
    assert.equal((await officer.post(`/requests/${id}/agreement/withdraw`, {})).statusCode, 422)
    const done = await officer.post(`/requests/${id}/agreement/withdraw`, { channel: 'telephone' })
    assert.equal(done.headers.location, `/requests/${id}/agreement/withdrawn`)
    assert.match(text((await officer.get(`/requests/${id}/agreement/withdrawn`)).body), /not held against you/)
    assert.equal(
      (await officer.get(`/requests/${id}/agreement/papers/withdrawn.pdf`)).headers['content-type'],
      'application/pdf',
    )
    assert.equal(await statusOf(id), 'withdrawn')
  })

  await t.test(
    'B23: an exhibits officer of the case records a change of mind, without sight of the request',
    async () => {
      const { id, caseId } = await aSubmittedRequest(ops, actor)
      await ops.store.db
        .insertInto('case_members')
        .values({
          case_id: caseId,
          person_id: 'exh600',
          capacity: 'exhibits_officer',
          added_at: ops.now(),
          added_by: 'pc4321',
        })
        .execute()
      const exhibits = await service.as('exh600')
      assert.equal((await exhibits.get(`/requests/${id}/agreement/withdraw`)).statusCode, 200)
      await exhibits.post(`/requests/${id}/agreement/withdraw`, { channel: 'in-person' })
      const page = await exhibits.get(`/requests/${id}/agreement/withdrawn`)
      assert.equal(page.statusCode, 200)
      assert.doesNotMatch(page.body, /papers\/withdrawn/)
      assert.equal((await exhibits.get(`/requests/${id}`)).statusCode, 403)
    },
  )

  await t.test('B29: narrowing takes parts out on a page, and what comes of it is a draft', async () => {
    const { id } = await aSubmittedRequest(ops, actor)
    const shown = (await inspector.get(`/requests/${id}/decision/narrow`)).body
    const typed = Object.fromEntries(
      [...shown.matchAll(/<input[^>]*name="(C\d-[a-z-]+)"[^>]*>/g)].map(([input, name]) => [
        name ?? '',
        /value="([^"]*)"/.exec(input)?.[1] ?? '',
      ]),
    )
    const path = `/requests/${id}/decision/narrow`
    const unchanged = await inspector.post(path, { ...typed, ...REASONS, keep: ['C1', 'C2'] })
    assert.match(text(unchanged.body), /Take a part out, or shorten its time/)
    const wider = await inspector.post(path, {
      ...typed,
      ...REASONS,
      keep: ['C1', 'C2'],
      'C1-from-day': '27',
      'C1-from-month': '2',
    })
    assert.match(text(wider.body), /reaches beyond what was asked for/)
    const done = await inspector.post(path, { ...typed, ...REASONS, keep: ['C1'], 'C1-to-day': '9' })
    assert.equal(done.headers.location, `/requests/${id}/decision/done`)
    const next = await ops.store.db
      .selectFrom('requests')
      .selectAll()
      .where('supersedes', '=', id)
      .executeTakeFirstOrThrow()
    const [clause, ...others] = next.document['scope'] as { id: string; between: { from: string; to: string } }[]
    assert.deepEqual(others, [])
    assert.deepEqual(clause?.between, { from: '2026-03-01T00:00:00Z', to: '2026-03-10T00:00:00.000Z' })
    assert.deepEqual([next.status, await statusOf(id)], ['draft', 'narrowed'])
    // Whoever asked is told once what was offered, why, and what is to be looked at again; then that the notice is next.
    const told = async () => text((await officer.get('/')).body).split(next.reference).length - 1
    assert.match(text((await officer.get('/')).body), /Less was offered than you asked: request T\S+ version 2/)
    assert.equal(await told(), 1)
    const draft = text((await officer.get(`/requests/${next.id}`)).body)
    assert.match(draft, new RegExp(`Less was offered on .* by .*Necessity ${REASONS.necessity} Proportionality`))
    assert.match(draft, /Lines of enquiry Check again/)
    assert.match(draft, /Necessity Check again Proportionality Check again/)
    assert.match((await officer.get(`/requests/${next.id}`)).body, new RegExp(`href="/requests/${id}/decision"`))
    assert.match(text((await officer.get(`/requests/${next.id}/necessity`)).body), /Less is asked for now/)
    const line = /href="([^"]*\/lines-of-enquiry\/L1)"/.exec(
      (await officer.get(`/requests/${next.id}/lines-of-enquiry`)).body,
    )
    const fields = {
      proposition: 'Who proposed the meeting.',
      direction: 'either',
      why_this_device: 'It was arranged on it.',
      data: 'messages',
      facts: 'Her statement.',
    }
    assert.equal((await officer.post(line?.[1] ?? '', fields)).statusCode, 303)
    for (const [page, said] of [
      ['necessity', 'Only the messages show it.'],
      ['proportionality', 'One person and nine days.'],
    ] as const)
      assert.equal((await officer.post(`/requests/${next.id}/${page}`, { text: said })).statusCode, 303)
    assert.doesNotMatch(text((await officer.get(`/requests/${next.id}`)).body), /Check again/)
    assert.match(text((await officer.get('/')).body), new RegExp(`Serve the notice: ${next.reference}`))
    assert.equal(await told(), 1)
  })

  await t.test('H3: whoever never decides reads that others do', async () => {
    const administrator = await service.as('adm500')
    assert.match(text((await administrator.get('/decisions')).body), /Only authorising officers decide requests/)
  })

  await t.test('a request is refused and returned with its reasons, each on a page of its own', async () => {
    for (const [outcome, status] of [
      ['refuse', 'refused'],
      ['return', 'returned'],
    ] as const) {
      const { id } = await aSubmittedRequest(ops, actor)
      const path = `/requests/${id}/decision/${outcome}`
      assert.equal((await inspector.post(path, { ...REASONS, proportionality: REASONS.necessity })).statusCode, 422)
      await inspector.post(path, REASONS)
      assert.equal(await statusOf(id), status)
    }
  })

  await t.test('H3: whoever asked sees the request on the page, and no way to decide it', async () => {
    const { id } = await aSubmittedRequest(ops, actor)
    assert.doesNotMatch((await officer.get(`/requests/${id}/decision`)).body, /decision\/grant/)
    for (const outcome of ['grant', 'narrow', 'refuse', 'return'])
      assert.equal(
        (await officer.post(`/requests/${id}/decision/${outcome}`, { ...REASONS, ...soon() })).statusCode,
        403,
      )
    assert.equal(await statusOf(id), 'submitted')
  })

  await t.test(
    'B5: whoever decides reads every limit of the scope, in British time, on each page of the decision',
    async () => {
      const { id } = await aSubmittedRequest(ops, actor)
      const { document } = await ops.store.db
        .selectFrom('requests')
        .select('document')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      const limits = (document['scope'] as Scope).flatMap((clause) => describeParts(clause, 'uk').limits)
      assert(limits.some((limit) => limit.includes('(UK time)')))
      for (const page of ['decision', 'decision/grant', 'decision/narrow']) {
        const said = text((await inspector.get(`/requests/${id}/${page}`)).body)
        for (const limit of limits) assert(said.includes(limit.replace(/’/g, "'")), `${page}: ${limit}`)
      }
      const asked = text((await officer.get(`/requests/${id}`)).body)
      for (const limit of limits) assert(asked.includes(limit), limit)
    },
  )

  await t.test('H3: a grant asks for a proof of who it is first', async () => {
    const { id } = await aSubmittedRequest(ops, actor)
    const unproved = await service.as('insp77', { stepUp: false })
    const answer = await unproved.get(`/requests/${id}/decision/grant`)
    assert.match(answer.headers.location ?? '', /^\/confirm-it-is-you/)
    assert.equal((await unproved.get(`/requests/${id}/decision`)).statusCode, 200)
  })

  await t.test('who is not in the case is told of no notice and no agreement', async () => {
    const { id } = await aRequest(ops, actor)
    const other = await service.as('pc4322')
    for (const path of ['notice', 'notice/preview', 'agreement', 'agreement/withdraw', 'agreement/done'])
      assert.equal((await other.get(`/requests/${id}/${path}`)).statusCode, 404, path)
  })

  await t.test('an authorisation is ended on a page, once', async () => {
    const { id } = await aSubmittedRequest(ops, actor)
    await grantRequest(ops, await service.actor('insp77'), aGrant(id, ops.now()))
    await inspector.post(`/requests/${id}/decision/end`, { because: 'no-longer-necessary' })
    assert.equal(await statusOf(id), 'withdrawn')
    assert.equal((await inspector.post(`/requests/${id}/decision/end`, { because: 'mistake' })).statusCode, 409)
  })
})
