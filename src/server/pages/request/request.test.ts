import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import {
  ActionError,
  type Actor,
  documentOf,
  newVersion,
  readRequest,
  savePart,
  startRequest,
  submitRequest,
  withdrawRequest,
} from '../../../actions/index.ts'
import { checkDocument } from '../../../authorisation/index.ts'
import { testService, type TestService, type Visitor } from '../../test-service.fixture.ts'
import {
  aDevice,
  aRequest,
  begin,
  CODE_FOLLOWED,
  errorsOf,
  fillIn,
  FORMS,
  type TestDevice,
  textOf,
} from './request-walk.fixture.ts'

const row = ({ ops }: TestService, id: string) =>
  ops.store.db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const logged = async ({ ops }: TestService, kind: string) =>
  (await ops.store.db.selectFrom('statements').selectAll().where('kind', '=', kind).orderBy('id').execute()).length
const status = (
  { ops }: TestService,
  id: string,
  status: 'granted' | 'returned' | 'agreed' | 'notice_served' | 'refused',
) => ops.store.db.updateTable('requests').set({ status }).where('id', '=', id).execute()
const reason = (expected: string) => (error: unknown) => {
  assert(error instanceof ActionError, String(error))
  assert.equal(error.reason, expected)
  return true
}
const form = (path: string) => FORMS.find(([name]) => name === path)?.[1] ?? {}

/** A notice and an agreement by direct rows: whoever serves and asks has pages of their own. */
async function agreed({ ops }: TestService, id: string, outcome: 'agreed' | 'refused' = 'agreed'): Promise<void> {
  const { db } = ops.store
  const now = ops.now().getTime()
  await db
    .insertInto('notices')
    .values({
      request_id: id,
      served_at: new Date(now - 7_200_000),
      served_by: 'pc4321',
      served_on: 'user',
      language: 'en',
      format: 'standard',
      channel: 'paper',
      scope_digest: 'a'.repeat(64),
      digest: 'b'.repeat(64),
      document: '{}',
    })
    .execute()
  await db
    .insertInto('agreements')
    .values({
      request_id: id,
      outcome,
      given_by: 'user',
      given_by_name: 'Zoe Trent',
      confirmed: 'written',
      happened_at: new Date(now - 3_600_000),
      taken_by: 'pc4321',
      ...(outcome === 'agreed' && { no_undue_pressure: true }),
    })
    .execute()
  await db
    .updateTable('requests')
    .set({ status: outcome === 'agreed' ? 'agreed' : 'refused_by_user' })
    .where('id', '=', id)
    .execute()
}

describe('the request', () => {
  const closing: (() => Promise<void>)[] = []
  let service: TestService
  let officer: Visitor
  let actor: Actor
  const fresh = async (device?: TestDevice) => {
    const at = await aDevice(service, device)
    return { ...at, id: await startRequest(service.ops, actor, { device: at.deviceId }) }
  }
  const post = async (id: string, path: string, changes: Readonly<Record<string, string | readonly string[]>> = {}) =>
    officer.post(`/requests/${id}/${path}`, { ...form(path), ...changes })

  before(async () => {
    service = await testService({ after: (end: () => Promise<void>) => closing.push(end) } as unknown as TestContext)
    officer = await service.as('pc4321')
    actor = await service.actor('pc4321')
  })
  after(async () => {
    for (const end of closing) await end()
  })

  it('is written page by page, checked and sent', async () => {
    const at = await aDevice(service)
    const id = await begin(officer, at)
    assert.deepEqual((await row(service, id)).document, {
      device: { exhibit: 'AH/1', user_role: 'victim', description: 'phone, black' },
    })
    await fillIn(officer, id)
    const check = await officer.get(`/requests/${id}/check`)
    assert.match(textOf(check), /Send for decision/)
    assert.doesNotMatch(textOf(check), /still open/)
    const before = await logged(service, 'authorisation.requested')
    const sent = await officer.post(`/requests/${id}/check`)
    assert.equal(sent.statusCode, 303, textOf(sent))
    assert.equal((await row(service, id)).status, 'submitted')
    assert.equal(await logged(service, 'authorisation.requested'), before + 1)
    assert.match(textOf(await officer.get(`/requests/${id}`)), /Waiting for a decision/)
    // What was sent is not written on.
    assert.equal((await officer.get(`/requests/${id}/necessity`)).headers.location, `/requests/${id}`)
    assert.equal((await post(id, 'necessity')).statusCode, 409)
  })

  it('has a reference that no other has, whoever begins at the same time', async () => {
    const { deviceId } = await aDevice(service)
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => startRequest(service.ops, actor, { device: deviceId })),
    )
    const references = await Promise.all(ids.map(async (id) => (await row(service, id)).reference))
    assert.equal(new Set(references).size, 5)
    for (const reference of references) assert.match(reference, /^A\/\d{4}\/\d{4}$/)
  })

  it('asks for nothing until somebody asks: nothing is ticked, and the scope is empty', async () => {
    const { id } = await fresh()
    for (const path of ['power', 'purpose', 'lines-of-enquiry/new', 'excess-information', 'confidential-information'])
      assert.doesNotMatch((await officer.get(`/requests/${id}/${path}`)).body, / checked/, path)
    assert.match(textOf(await officer.get(`/requests/${id}`)), /Nothing may be taken: the scope is empty/)
    await post(id, 'power')
    await post(id, 'lines-of-enquiry/new')
    assert.doesNotMatch((await officer.get(`/requests/${id}/scope/new/what`)).body, /name="records"[^>]* checked/)
  })

  it('is not there for whoever is no member of the case', async () => {
    const { id, caseId } = await fresh()
    const other = await service.as('pc4322')
    assert.equal((await other.get(`/requests/${id}`)).statusCode, 404)
    assert.equal((await other.post(`/requests/${id}/necessity`, { text: 'x' })).statusCode, 404)
    assert.equal((await other.get(`/cases/${caseId}/requests/new`)).statusCode, 404)
  })

  it('A14: no phone needed is an outcome like any other, with what answers instead', async () => {
    const { id } = await fresh()
    assert.deepEqual(errorsOf(await post(id, 'no-phone-needed')), [
      'Select what answers the question instead',
      'Enter how it is answered',
    ])
    const done = await post(id, 'no-phone-needed', { instead: 'provider', reason: 'Billing records show the calls.' })
    assert.equal(done.statusCode, 303)
    assert.equal((await row(service, id)).status, 'no_phone_needed')
    assert.match(
      textOf(await officer.get(`/requests/${id}`)),
      /No phone is needed The provider of the service\. Billing records/,
    )
    // What came to nothing is asked nothing more.
    assert.doesNotMatch(textOf(await officer.get(`/requests/${id}`)), /Say which power|Go through the code/)
    const entry = await service.ops.store.db
      .selectFrom('statements')
      .select('envelope')
      .where('kind', '=', 'request.not_needed')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const payload = Buffer.from(JSON.parse(entry.envelope).payload, 'base64').toString()
    assert.match(payload, /"instead":"provider"/)
    assert.doesNotMatch(payload, /Billing/)
  })

  it('A14: a means that would do ends in no phone, not in a request', async () => {
    const { id } = await fresh()
    const answer = await post(id, 'other-ways', { 'outcome-2': 'would do' })
    assert.match(errorsOf(answer)[0] ?? '', /no phone is needed and none may be taken/)
    assert.equal((await row(service, id)).document['alternatives'], undefined)
  })

  it('B2: there is one purpose, and a missing person or somebody at risk is described', async () => {
    const { id } = await fresh()
    await post(id, 'power')
    assert.deepEqual(errorsOf(await post(id, 'purpose', { 'facts-missing-person': '' })), [
      'Enter who is missing, and since when',
    ])
    assert.deepEqual(errorsOf(await post(id, 'purpose', { purpose: 'protect-child-or-at-risk-adult' })), [
      'Enter who is at risk, and of what',
    ])
    assert.deepEqual(errorsOf(await post(id, 'purpose', { purpose: 'death-investigation' })), [
      'This is not a purpose of the power that you rely on',
    ])
    assert.equal((await post(id, 'purpose', { purpose: 'crime' })).statusCode, 303)
  })

  it('B3: a line of enquiry says what, why this device, what is sought and on which facts', async () => {
    const { id } = await fresh()
    const bare = await officer.post(`/requests/${id}/lines-of-enquiry/new`, { proposition: 'It may hold evidence' })
    assert.equal(errorsOf(bare).length, 4)
    assert.equal((await row(service, id)).document['lines_of_enquiry'], undefined)
  })

  it('B3: everything that is taken serves a line of enquiry, and a line that is served stays', async () => {
    const { id } = await fresh()
    assert.match(textOf(await officer.get(`/requests/${id}/scope`)), /Add one first/)
    await post(id, 'lines-of-enquiry/new')
    await post(id, 'scope/new/what')
    await assert.rejects(
      savePart(service.ops, actor, { id, answer: { part: 'line_removed', id: 'L1' } }),
      reason('LINE_IN_USE'),
    )
    await assert.rejects(
      savePart(service.ops, actor, {
        id,
        answer: { part: 'clause', change: { line_of_enquiry: 'L9', records: ['call'] } },
      }),
      reason('NO_SUCH_LINE'),
    )
  })

  it('B4: necessity and proportionality are two reasons', async () => {
    const { id } = await fresh()
    await post(id, 'necessity', { text: 'It matters.' })
    assert.deepEqual(errorsOf(await post(id, 'proportionality', { text: ' it  MATTERS' })), [
      'Give a reason of its own: it says the same as the one for necessity',
    ])
    await savePart(service.ops, actor, { id, answer: { part: 'proportionality', text: 'It matters' } })
    const { open } = await readRequest(service.ops, actor, id)
    assert.equal(open.filter(({ part }) => part === 'proportionality').length, 1)
  })

  it('B5: every other means has an outcome and a reason', async () => {
    const { id } = await fresh()
    assert.equal(errorsOf(await officer.post(`/requests/${id}/other-ways`)).length, 12)
    await savePart(service.ops, actor, {
      id,
      answer: { part: 'alternatives', rows: [{ means: 'guessing', outcome: 'not available', reason: 'x' }] },
    })
    const { open } = await readRequest(service.ops, actor, id)
    assert(open.some(({ part }) => part === 'alternatives'))
  })

  it('B5: what has no limit is a risk of excess, and cannot be said to be none', async () => {
    const id = await aRequest(service, await aDevice(service))
    const change = { apps: undefined, between: undefined, with: undefined }
    await savePart(service.ops, actor, { id, answer: { part: 'clause', id: 'C1', change } })
    assert.match(
      errorsOf(await post(id, 'excess-information', { risk: 'no', no: 'None.' }))[0] ?? '',
      /There is such a risk/,
    )
    await savePart(service.ops, actor, { id, answer: { part: 'excess', risk: false, reason: 'None.' } })
    await assert.rejects(submitRequest(service.ops, actor, { id }), reason('OPEN_QUESTIONS'))
  })

  it('B6: confidential information is a test of its own, with amount and relevance', async () => {
    const id = await aRequest(service, await aDevice(service))
    const copied = { risk: 'yes', kinds: 'personal-records', reason: 'Other things in the same week.' }
    assert.deepEqual(errorsOf(await post(id, 'confidential-information', { ...copied, no: '' })), [
      'Enter how much of it the device is likely to hold',
      'Enter how it may matter to the line of enquiry',
      'Give a reason of its own: it says the same as the one for excess information',
    ])
    await savePart(service.ops, actor, { id, answer: { part: 'confidential', risk: true, reason: 'x' } })
    assert.equal(
      (await readRequest(service.ops, actor, id)).open.filter(({ part }) => part === 'confidential').length,
      3,
    )
  })

  it('B7: the kinds of confidential information are those of section 43', async () => {
    const { id } = await fresh()
    const full = { risk: 'yes', reason: 'a', amount: 'b', relevance: 'c' }
    assert.deepEqual(errorsOf(await post(id, 'confidential-information', { ...full, kinds: 'sensitive' })), [
      'Select the kinds of confidential information',
    ])
    const kinds = ['legally-privileged', 'personal-records', 'journalistic', 'trade-or-other-confidence']
    assert.equal((await post(id, 'confidential-information', { ...full, kinds })).statusCode, 303)
    assert.deepEqual(
      ((await row(service, id)).document['confidential_information'] as { kinds: string[] }).kinds,
      kinds,
    )
  })

  it('B9: a suspect’s device is not taken by agreement', async () => {
    const { id } = await fresh({ user_role: 'suspect' })
    assert.match(errorsOf(await post(id, 'power', { power: 'pcsc-2022-s37' }))[0] ?? '', /not taken by agreement/)
    await savePart(service.ops, actor, { id, answer: { part: 'power', power: 'pcsc-2022-s37', why: 'x' } })
    const { open } = await readRequest(service.ops, actor, id)
    assert(open.some(({ part, text }) => part === 'power' && /suspect/.test(text)))
  })

  it('B9: each power has its own ground, which goes when the power goes', async () => {
    const { id } = await fresh()
    assert.match(errorsOf(await post(id, 'power', { power: 'pace-1984-s8' })).join(), /Select what the power rests on/)
    assert.match(errorsOf(await post(id, 'power', { why: '' })).join(), /why this power is the right one/)
    await post(id, 'power')
    await post(id, 'purpose')
    const warrant = {
      power: 'pace-1984-s8',
      'kind-pace-1984-s8': 'warrant',
      'reference-pace-1984-s8': 'W/1',
      'issued-pace-1984-s8': '27/3/2026',
      'issued-by-pace-1984-s8': 'Calder Magistrates’ Court',
      'expires-pace-1984-s8': '26/6/2026',
    }
    assert.equal((await post(id, 'power', warrant)).statusCode, 303)
    const { document } = await row(service, id)
    assert.deepEqual(document['instrument'], {
      kind: 'warrant',
      reference: 'W/1',
      issued: '2026-03-27T00:00:00.000Z',
      issued_by: 'Calder Magistrates’ Court',
      // To the end of its last day, British Summer Time.
      expires: '2026-06-26T23:00:00.000Z',
    })
    assert.equal(document['without_agreement'], undefined)
    assert.equal(document['purpose'], undefined)
  })

  it('B9: after a refusal another power is chosen in sight of it', async () => {
    const at = await aDevice(service)
    await agreed(service, await aRequest(service, at, { power: 's37' }), 'refused')
    const id = await begin(officer, at)
    assert.match(textOf(await officer.get(`/requests/${id}/power`)), /refused before\. That is not in itself a reason/)
  })

  it('B18: section 40 rests on one of three conditions, each with its own facts', async () => {
    const { id } = await fresh()
    assert.deepEqual(errorsOf(await post(id, 'power', { condition: '' })), ['Select condition A, B or C'])
    assert.match(errorsOf(await post(id, 'power', { condition: 'user-died' }))[0] ?? '', /facts that you rely on/)
    const atRisk = { condition: 'at-risk', 'facts-at-risk': 'A note was found.' }
    assert.match(errorsOf(await post(id, 'power', atRisk))[0] ?? '', /only for a child or an adult without capacity/)
    const child = await fresh({ user_is: 'child' })
    assert.equal((await post(child.id, 'power', atRisk)).statusCode, 303)
  })

  it('B19: section 41 names its coroner, and serves the investigation of a death alone', async () => {
    const { id } = await fresh({ user_role: 'deceased' })
    assert.deepEqual(errorsOf(await post(id, 'power', { power: 'pcsc-2022-s41' })), ['Enter the coroner’s reference'])
    await post(id, 'power', { power: 'pcsc-2022-s41', 'coroner-reference': 'COR/7' })
    assert.match(errorsOf(await post(id, 'purpose', { purpose: 'crime' }))[0] ?? '', /not a purpose of the power/)
    assert.equal((await post(id, 'purpose', { purpose: 'death-investigation' })).statusCode, 303)
  })

  it('B20: whoever Schedule 3 does not list for a purpose neither chooses it nor sends it', async () => {
    const { db } = service.ops.store
    await db.updateTable('people').set({ schedule_3_part: 3 }).where('id', '=', 'pc4321').execute()
    try {
      const { id } = await fresh()
      await post(id, 'power')
      assert.match(errorsOf(await post(id, 'purpose'))[0] ?? '', /Schedule 3 to the Act does not list you/)
      const listed = { ...actor, schedule3: 3 as const }
      const whole = await aRequest(service, await aDevice(service))
      await savePart(service.ops, listed, {
        id: whole,
        answer: { part: 'purpose', purpose: 'missing-person', facts: 'x' },
      })
      await assert.rejects(submitRequest(service.ops, listed, { id: whole }), reason('NOT_ENTITLED'))
    } finally {
      await db.updateTable('people').set({ schedule_3_part: 1 }).where('id', '=', 'pc4321').execute()
    }
  })

  it('B21: a clause takes nothing until every question about it was answered', async () => {
    const { id } = await fresh()
    await fillIn(officer, id, 'scope/C1/files')
    const unfinished = await readRequest(service.ops, actor, id)
    assert.deepEqual(unfinished.document.scope, [])
    assert(unfinished.open.some(({ text }) => text.startsWith('Finish C1')))
    assert.match(
      textOf(await officer.get(`/requests/${id}/scope`)),
      /takes nothing until you have answered pictures and files/,
    )
    await post(id, 'scope/C1/files')
    assert.deepEqual((await row(service, id)).document['scope'], [
      {
        id: 'C1',
        line_of_enquiry: 'L1',
        records: ['message'],
        apps: ['sms', 'whatsapp'],
        between: { from: '2026-06-01T00:00:00+01:00', to: '2026-06-08T00:00:00+01:00' },
        with: ['07700 900123'],
        context: 3,
      },
    ])
    // Another kind asks more: until that is answered it takes nothing again.
    await post(id, 'scope/C1/what', { line: 'L1', records: ['contact'] })
    await post(id, 'scope/C1/what', { line: 'L1', records: ['contact', 'location'] })
    assert.deepEqual((await row(service, id)).document['scope'], [])
  })

  it('B21: no limit is chosen, never left out', async () => {
    const { id } = await fresh()
    await fillIn(officer, id, 'scope/C1/apps')
    for (const [path, text] of [
      ['apps', 'Select whether you need some apps or every app'],
      ['time', 'Select whether there is a limit of time'],
      ['people', 'Select whether it matters with whom'],
      ['words', 'Select whether words matter'],
      ['files', 'Select whether pictures and files themselves are needed'],
    ] as const)
      assert.deepEqual(errorsOf(await officer.post(`/requests/${id}/scope/C1/${path}`)), [text])
  })

  it('B29: a section 37 request is sent only after agreement, and what the notice states stands', async () => {
    const id = await aRequest(service, await aDevice(service), { power: 's37' })
    assert.match(textOf(await officer.get(`/requests/${id}/check`)), /Serve the digital processing notice/)
    await assert.rejects(submitRequest(service.ops, actor, { id }), reason('NO_AGREEMENT'))
    await assert.rejects(
      savePart(service.ops, actor, { id, answer: { part: 'code', ...CODE_FOLLOWED } }),
      reason('REQUEST_DRAFT'),
    )
    await agreed(service, id)
    await assert.rejects(submitRequest(service.ops, actor, { id }), reason('OPEN_QUESTIONS'))
    await savePart(service.ops, actor, { id, answer: { part: 'code', ...CODE_FOLLOWED } })
    await submitRequest(service.ops, actor, { id })
    await status(service, id, 'returned')
    await assert.rejects(
      savePart(service.ops, actor, { id, answer: { part: 'clause', id: 'C1', change: { context: 9 } } }),
      reason('NEW_VERSION_NEEDED'),
    )
    assert.match(textOf(await officer.get(`/requests/${id}`)), /changing it takes a new version/)
    // Reasons are not in the notice: they may be amended, and the request sent again.
    await savePart(service.ops, actor, { id, answer: { part: 'necessity', text: 'Said better.' } })
    await submitRequest(service.ops, actor, { id })
    assert.equal((await row(service, id)).status, 'submitted')
  })

  it('B29: a change after the decision is a new version, that names the grant which it supersedes', async () => {
    const id = await aRequest(service, await aDevice(service))
    await assert.rejects(newVersion(service.ops, actor, { id }), reason('REQUEST_DRAFT'))
    await submitRequest(service.ops, actor, { id })
    await status(service, id, 'granted')
    const digest = 'c'.repeat(64)
    await service.ops.store.db
      .insertInto('decisions')
      .values({
        request_id: id,
        outcome: 'granted',
        necessity: 'x',
        proportionality: 'y',
        decided_by: 'insp77',
        decided_at: service.ops.now(),
        digest,
      })
      .execute()
    const made = await officer.post(`/requests/${id}/new-version`)
    const next = String(made.headers.location).split('/').at(-1) as string
    const version = await readRequest(service.ops, actor, next)
    // What is said last was said of the version before.
    assert.deepEqual([version.version, version.status, version.open.map(({ part }) => part)], [2, 'draft', ['code']])
    assert.equal((await row(service, id)).status, 'granted')
    assert.deepEqual([version.soFar.version, version.soFar.supersedes], [2, digest])
    await assert.rejects(newVersion(service.ops, actor, { id }), reason('LATER_VERSION'))
    await withdrawRequest(service.ops, actor, { id: next })
    assert.equal((await row(service, await newVersion(service.ops, actor, { id }))).version, 3)
  })

  it('D15: a request without a look at other means is not sent', async () => {
    const { id } = await fresh()
    await post(id, 'power')
    await post(id, 'purpose', { purpose: 'crime' })
    await assert.rejects(submitRequest(service.ops, actor, { id }), reason('OPEN_QUESTIONS'))
    const { open } = await readRequest(service.ops, actor, id)
    assert(open.some(({ part }) => part === 'alternatives'))
  })

  it('D16: the ladder begins with what intrudes least, and no rung is left out', async () => {
    const { id } = await fresh()
    const text = textOf(await officer.get(`/requests/${id}/other-ways`))
    const rungs = [
      'Asking somebody',
      'A look at the phone',
      'Screenshots',
      'another person’s device',
      'The provider',
      'A narrower extraction',
    ]
    const places = rungs.map((rung) => text.indexOf(rung))
    assert(
      places.every((place, at) => place > (places[at - 1] ?? -1)),
      places.join(),
    )
    assert.deepEqual(errorsOf(await post(id, 'other-ways', { 'outcome-1': '' })), [
      'Select what became of: a look at the phone together with its user',
    ])
  })

  it('G11: who else is drawn in is said before it is sent', async () => {
    const { id } = await fresh()
    await fillIn(officer, id, 'other-people')
    for (const path of [
      'necessity',
      'proportionality',
      'excess-information',
      'confidential-information',
      'sensitive-processing',
      'code-of-practice',
    ])
      await post(id, path)
    await assert.rejects(submitRequest(service.ops, actor, { id }), reason('OPEN_QUESTIONS'))
    assert.equal((await post(id, 'other-people')).statusCode, 303)
    await submitRequest(service.ops, actor, { id })
  })

  it('G3, G12: what may give away something sensitive is warned of, and needs a reason', async () => {
    const id = await aRequest(service, await aDevice(service))
    const change = { apps: ['whatsapp', 'Flo period tracker'], containing: { any: ['abortion'] } }
    await savePart(service.ops, actor, { id, answer: { part: 'clause', id: 'C1', change } })
    const text = textOf(await officer.get(`/requests/${id}/scope`))
    assert.match(text, /“abortion” may give away something about health/)
    assert.match(text, /“Flo period tracker” may hold something about health/)
    await assert.rejects(submitRequest(service.ops, actor, { id }), reason('OPEN_QUESTIONS'))
    assert.deepEqual(errorsOf(await post(id, 'scope/sensitive')), ['Enter why these words or apps are needed'])
    await post(id, 'scope/sensitive', { sensitive: 'The threat was about it.' })
    await submitRequest(service.ops, actor, { id })
  })

  it('H1: only whoever holds the beliefs sends them', async () => {
    const at = await aDevice(service)
    const id = await aRequest(service, at)
    await service.ops.store.db
      .insertInto('case_members')
      .values({
        case_id: at.caseId,
        person_id: 'pc4322',
        capacity: 'investigator',
        added_at: service.ops.now(),
        added_by: 'pc4321',
      })
      .execute()
    const other = await service.actor('pc4322')
    await assert.rejects(submitRequest(service.ops, other, { id }), reason('NOT_THE_REQUESTER'))
  })

  it('is a document that the authorisation’s own rules accept once somebody has decided', async () => {
    const id = await aRequest(service, await aDevice(service))
    const { requestedBy, ...request } = await readRequest(service.ops, actor, id)
    const authorisedBy = { id: 'insp77', name: 'Carys Wynn', rank: 'inspector' }
    const valid = { from: '2026-11-22T10:00:00Z', until: '2026-12-22T10:00:00Z' }
    const document = documentOf(request, undefined, { requestedBy, authorisedBy }, valid)
    assert.deepEqual(checkDocument(document).faults, undefined)
    assert.equal(document.version, 1)
  })

  it('takes in nothing that the document could never hold', async () => {
    const { id } = await fresh()
    await post(id, 'lines-of-enquiry/new')
    const change = { line_of_enquiry: 'L1', records: ['everything' as never] }
    await assert.rejects(savePart(service.ops, actor, { id, answer: { part: 'clause', change } }), (error) => {
      assert(error instanceof ActionError)
      assert.equal(error.code, 'NOT_VALID')
      assert.doesNotMatch(error.message, /everything/)
      return true
    })
    const text = 'x'.repeat(4001)
    assert.deepEqual(errorsOf(await post(id, 'necessity', { text })), ['Use 4,000 characters or fewer'])
    await assert.rejects(savePart(service.ops, actor, { id, answer: { part: 'third_parties', text } }), reason('TEXT'))
  })

  it('escapes what people write, in words and in drawings', async () => {
    const { id } = await fresh()
    const nasty = '<script>alert(1)</script>'
    await post(id, 'lines-of-enquiry/new', { proposition: nasty })
    await post(id, 'scope/new/what')
    await post(id, 'scope/C1/apps', { apps: [], others: nasty })
    await post(id, 'power', { why: nasty })
    for (const path of ['', '/scope', '/lines-of-enquiry', '/check', '/power', '/scope/C1/apps'])
      assert.doesNotMatch((await officer.get(`/requests/${id}${path}`)).body, /<script>alert/, path)
  })

  it('counts the same questions before and after its power is chosen, and says of each that cannot start what it waits for', async () => {
    const { id } = await fresh()
    const before = textOf(await officer.get(`/requests/${id}`))
    assert.match(before, /0 of 12 questions answered/)
    assert.match(before, /Purpose After the legal power\. Cannot start yet/)
    assert.match(before, /What may be taken After a line of enquiry\. Cannot start yet/)
    assert.match(before, /Code of practice After the legal power\. Cannot start yet/)
    assert.match(textOf(await officer.get(`/requests/${id}/check`)), /Code of practice After the legal power\./)
    await post(id, 'power', { power: 'pcsc-2022-s37' })
    const after = textOf(await officer.get(`/requests/${id}`))
    assert.match(after, /1 of 12 questions answered/)
    assert.match(after, /Code of practice After the answer to the notice\. Cannot start yet/)
    const check = textOf(await officer.get(`/requests/${id}/check`))
    assert.match(check, /Code of practice After the answer to the notice\./)
    assert.doesNotMatch(check, /Go through the code/)
  })

  it('B5: says the time of a part as clocks in Britain show it, wherever it says it', async () => {
    const id = await aRequest(service, await aDevice(service))
    const between = { from: '2026-06-30T23:00:00Z', to: '2026-07-02T23:00:00Z' }
    await savePart(service.ops, actor, { id, answer: { part: 'clause', id: 'C1', change: { between } } })
    const text = textOf(await officer.get(`/requests/${id}/scope`))
    assert.equal(text.match(/from the start of 1 July 2026 to the end of 2 July 2026 \(UK time\)/g)?.length, 2)
    assert.doesNotMatch(text, /UTC/)
  })

  it('waits for whoever began it while it is written, and when it is returned', async () => {
    const { id } = await fresh()
    const { reference } = await row(service, id)
    assert.match(textOf(await officer.get('/')), new RegExp(`Finish request ${reference}`))
    await status(service, id, 'returned')
    assert.match(textOf(await officer.get('/')), new RegExp(`Request ${reference} was returned to you`))
    assert.doesNotMatch(textOf(await (await service.as('pc4322')).get('/')), new RegExp(reference))
    await officer.post(`/requests/${id}/withdraw`)
    assert.equal((await row(service, id)).status, 'withdrawn')
    assert.doesNotMatch(textOf(await officer.get('/')), new RegExp(reference))
  })

  it('is compared with what is usual once five were granted', async () => {
    const id = await aRequest(service, await aDevice(service))
    assert.match(textOf(await officer.get(`/requests/${id}/scope`)), /No comparison yet/)
    for (let n = 0; n < 5; n++) {
      const granted = await aRequest(service, await aDevice(service))
      await submitRequest(service.ops, actor, { id: granted })
      await status(service, granted, 'granted')
    }
    await savePart(service.ops, actor, { id, answer: { part: 'clause', id: 'C1', change: { with: undefined } } })
    const text = textOf(await officer.get(`/requests/${id}/scope`))
    assert.match(text, /Compared with the middle of the last \d requests/)
    assert.match(text, /People named anybody more than usual 1/)
  })
})
