import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import { newPseudonym } from '../../../events/index.ts'
import {
  CODE,
  CODE_STEPS,
  type CodeAnswer,
  codeStepsFor,
  LADDER,
  savePart,
  startRequest,
} from '../../../actions/index.ts'
import type { TestService, Visitor } from '../../test-service.fixture.ts'

/** What a test says of the device, where it matters. */
export interface TestDevice {
  readonly user_role?: string
  readonly user_is?: 'adult' | 'child' | 'adult-without-capacity'
  readonly exhibit?: string
  readonly description?: string
}

/** A case with one device, by direct rows: Ada Holt is its officer. */
export async function aDevice(
  { ops }: TestService,
  { user_role = 'victim', user_is = 'adult', exhibit = 'AH/1', description = 'phone, black' }: TestDevice = {},
): Promise<{ caseId: string; deviceId: string }> {
  const [caseId, deviceId] = [randomUUID(), randomUUID()]
  const at = ops.now()
  await ops.store.db
    .insertInto('cases')
    .values({
      id: caseId,
      reference: `C/${caseId.slice(0, 8)}`,
      pseudonym: newPseudonym(ops.random),
      offence: 'robbery',
      retention_group: '2',
      opened_at: at,
      opened_by: 'pc4321',
    })
    .execute()
  await ops.store.db
    .insertInto('case_members')
    .values({ case_id: caseId, person_id: 'pc4321', capacity: 'investigator', added_at: at, added_by: 'pc4321' })
    .execute()
  await ops.store.db
    .insertInto('devices')
    .values({
      id: deviceId,
      case_id: caseId,
      exhibit,
      description,
      user_role,
      user_is,
      user_name: 'Zoe Trent',
      created_at: at,
    })
    .execute()
  return { caseId, deviceId }
}

/** The forms of a complete request under section 40, by the last part of their address, in the order in which they are filled in. */
export const FORMS: readonly (readonly [path: string, form: Readonly<Record<string, string | readonly string[]>>])[] = [
  [
    'power',
    {
      power: 'pcsc-2022-s40',
      why: 'The user is missing.',
      condition: 'missing',
      'facts-missing': 'Not seen since Monday; PC Holt believes her life is at risk.',
    },
  ],
  ['purpose', { purpose: 'missing-person', 'facts-missing-person': 'Zoe Trent, since Monday.' }],
  [
    'lines-of-enquiry/new',
    {
      proposition: 'She arranged to meet somebody',
      direction: 'either',
      why_this_device: 'She wrote with it',
      data: 'messages of that week',
      facts: 'Her sister saw her write.',
    },
  ],
  [
    'other-ways',
    Object.fromEntries(
      LADDER.flatMap((_, at) => [
        [`outcome-${at}`, 'not reasonably practicable'],
        [`reason-${at}`, `Tried on day ${at}.`],
      ]),
    ),
  ],
  ['scope/new/what', { line: 'L1', records: ['message'] }],
  ['scope/C1/apps', { which: 'these', apps: ['sms', 'whatsapp'] }],
  [
    'scope/C1/time',
    {
      limit: 'yes',
      'from-day': '1',
      'from-month': '6',
      'from-year': '2026',
      'to-day': '7',
      'to-month': '6',
      'to-year': '2026',
    },
  ],
  ['scope/C1/people', { limit: 'yes', people: '07700 900123' }],
  ['scope/C1/words', { limit: 'no' }],
  ['scope/C1/place', { limit: 'no' }],
  ['scope/C1/around', { limit: 'some', context: '3' }],
  ['scope/C1/files', { files: 'no' }],
  ['other-people', { text: 'One friend; only what she wrote with her is taken.' }],
  ['necessity', { text: 'Nothing else says where she went.' }],
  ['proportionality', { text: 'One week, one person, against a risk to life.' }],
  ['excess-information', { risk: 'yes', yes: 'Messages around those sought.' }],
  ['confidential-information', { risk: 'no', no: 'She is not known to write to a lawyer or doctor.' }],
  [
    'sensitive-processing',
    {
      condition: 'vital-interests',
      necessary: 'Where she is can be learned from nothing else, and every hour counts.',
      policy: 'APD/7, version 3',
    },
  ],
  ['code-of-practice', Object.fromEntries(codeStepsFor({ power: 'pcsc-2022-s40' }).map(({ id }) => [id, 'followed']))],
]

/** Begins a request through the pages; gives its id. */
export async function begin(visitor: Visitor, at: { caseId: string; deviceId: string }): Promise<string> {
  const answer = await visitor.post(`/cases/${at.caseId}/requests/new`, { device: at.deviceId })
  assert.equal(answer.statusCode, 303, answer.body)
  return String(answer.headers.location).split('/').at(-1) as string
}

/** Fills in the forms until one of them, which is left out; all where none is named. Every page is opened before it is filled in. */
export async function fillIn(visitor: Visitor, id: string, until?: string): Promise<void> {
  for (const [path, form] of FORMS) {
    if (path === until) return
    const page = await visitor.get(`/requests/${id}/${path}`)
    assert.equal(page.statusCode, 200, `${path}: ${page.body}`)
    const answer = await visitor.post(`/requests/${id}/${path}`, form)
    assert.equal(answer.statusCode, 303, `${path}: ${errorsOf(answer).join('; ') || answer.body}`)
  }
}

/** Every step of the code of practice followed. */
export const CODE_FOLLOWED: CodeAnswer = {
  edition: CODE.edition,
  steps: Object.fromEntries(CODE_STEPS.map(({ id }) => [id, { followed: true as const }])),
}

/** A complete request, by the actions alone: under section 37, or another power. */
export async function aRequest(
  service: TestService,
  at: { deviceId: string },
  options: { power?: 's37' | 's40' | 's8' } = {},
): Promise<string> {
  const { ops } = service
  const actor = await service.actor('pc4321')
  const id = await startRequest(ops, actor, { device: at.deviceId })
  const save = (answer: Parameters<typeof savePart>[2]['answer']) => savePart(ops, actor, { id, answer })
  const { power = 's40' } = options
  if (power === 's37') await save({ part: 'power', power: 'pcsc-2022-s37', why: 'She offered it.' })
  else if (power === 's8')
    await save({
      part: 'power',
      power: 'pace-1984-s8',
      why: 'A warrant.',
      instrument: { kind: 'warrant', reference: 'W/1' },
    })
  else
    await save({
      part: 'power',
      power: 'pcsc-2022-s40',
      why: 'She is missing.',
      without_agreement: { condition: 'missing', facts: 'Not seen since Monday.' },
    })
  await save({ part: 'purpose', purpose: 'crime' })
  await save({
    part: 'line',
    line: {
      proposition: 'They met',
      why_this_device: 'It was used',
      direction: 'towards',
      data: 'messages',
      facts: 'Seen.',
    },
  })
  await save({
    part: 'clause',
    change: {
      line_of_enquiry: 'L1',
      records: ['message'],
      apps: ['whatsapp'],
      between: { from: '2026-06-01T00:00:00+01:00', to: '2026-06-08T00:00:00+01:00' },
      with: ['+447700900123'],
    },
  })
  await save({
    part: 'alternatives',
    rows: LADDER.map(({ means }) => ({ means, outcome: 'not practicable', reason: 'tried' })),
  })
  await save({ part: 'third_parties', text: 'One friend.' })
  await save({ part: 'necessity', text: 'Nothing else shows it.' })
  await save({ part: 'proportionality', text: 'One week, one person.' })
  await save({ part: 'excess', risk: true, reason: 'Other things in the same week.' })
  await save({ part: 'confidential', risk: false, reason: 'None expected.' })
  await save({
    part: 'sensitive_processing',
    condition: 'administration-of-justice',
    strictly_necessary: 'The messages themselves are the only record.',
    policy_document: 'APD/7, version 3',
  })
  if (power === 's40') await save({ part: 'code', ...CODE_FOLLOWED })
  return id
}

/** The error summary of a page. */
export function errorsOf({ body }: LightMyRequestResponse): string[] {
  const summary = /govuk-error-summary__list">([\s\S]*?)<\/ul>/.exec(body)?.[1] ?? ''
  return [...summary.matchAll(/<a href="#[^"]*">([\s\S]*?)<\/a>/g)].map(([, text = '']) => text.trim())
}

/** A page as somebody reads it: without tags, with single spaces. */
export function textOf({ body }: LightMyRequestResponse): string {
  return body
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, '’')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
}
