import {
  decideReview,
  proposeDestruction,
  recordRefusal,
  returnRequest,
  signedIn,
  type Draft,
  type Ops,
} from '../actions/index.ts'
import { saysOfItself } from './force-facts.ts'
import { STORY_PEOPLE } from './people.ts'
import { type StoryClock, type StoryTool, Teller } from './teller.ts'

const SUSPECT = '+447700900123'
const WINDOW = { from: '2026-03-01T00:00:00Z', to: '2026-03-25T00:00:00Z' }

/** Messages and calls with one person in less than four weeks, and what was said of the place that evening. */
const MEETING: Draft = {
  lines_of_enquiry: [
    {
      id: 'L1',
      proposition: 'The suspect arranged the meeting at the car park, and pressed for it.',
      why_this_device:
        'The complainant says that his messages and calls are on it, and named the number they came from.',
    },
  ],
  scope: [
    {
      id: 'C1',
      line_of_enquiry: 'L1',
      records: ['message', 'call'],
      apps: ['sms', 'whatsapp', 'phone'],
      between: WINDOW,
      with: [SUSPECT],
      attachments: true,
    },
    {
      id: 'C2',
      line_of_enquiry: 'L1',
      records: ['message'],
      apps: ['sms', 'whatsapp'],
      between: { from: '2026-03-14T16:00:00Z', to: '2026-03-16T00:00:00Z' },
      containing: { any: ['riverside', 'car park', 'scarf'] },
      context: 2,
    },
  ],
  necessity: 'The suspect denies having proposed the meeting. The messages are the only record of who did, and when.',
  proportionality:
    'One person, less than four weeks. Of everything else only what names the place, with two messages either side.',
}

/** One conversation, one week. */
const THREAT: Draft = {
  lines_of_enquiry: [
    {
      id: 'L1',
      proposition: 'A threat was sent on the evening of 7 March.',
      why_this_device: 'The witness says that it was sent to this phone.',
    },
  ],
  scope: [
    {
      id: 'C1',
      line_of_enquiry: 'L1',
      records: ['message'],
      apps: ['whatsapp'],
      between: { from: '2026-03-05T00:00:00Z', to: '2026-03-12T00:00:00Z' },
      with: [SUSPECT],
    },
  ],
  necessity: 'The sender says that nothing was sent. The message itself is the only record.',
  proportionality: 'One conversation in one app, one week.',
}

const REVIEWING = [
  ['rev220', 'reviewer'],
  ['ext118', 'extraction_officer'],
  ['dis231', 'disclosure_officer'],
] as const

/** Whether the story has been told to this database already. */
export async function isTold({ store }: Ops): Promise<boolean> {
  return (await store.db.selectFrom('cases').select('id').limit(1).executeTakeFirst()) !== undefined
}

/**
 * Tells the story into an empty service: cases at every stage, oldest first, up to `end`, and one thing that waits for each role. `progress` is told
 * what happens next. Everything is done by the same actions as on the pages, and stands in the log.
 */
export async function tellStory(
  ops: Ops,
  clock: StoryClock,
  { tool, end, progress = () => {} }: { tool: StoryTool; end: Date; progress?: (says: string) => void },
): Promise<void> {
  const teller = new Teller(ops, clock, tool, end)
  progress('a phone that never was')
  await teller.phone('AB-1', { messages: 600, seed: 'story' })
  teller.at(215)
  for (const person of STORY_PEOPLE) await signedIn(ops, person, `story-${person.id}`)
  await saysOfItself(teller)
  progress('what was taken last spring')
  await lastSpring(teller)
  progress('what happened this month')
  await refused(teller)
  await returned(teller)
  await underReview(teller)
  await granted(teller)
  await child(teller)
  await toDecide(teller)
  await beingWritten(teller)
  clock.set(end)
}

/** Two extracts whose day has come: one to be reviewed, one whose destruction waits for a second person. */
async function lastSpring(teller: Teller): Promise<void> {
  teller.at(212)
  const old = await teller.caseWithDevice({
    reference: '43/0877/26',
    offence: 'Malicious communications',
    officer: 'dc2208',
    members: [['ext118', 'extraction_officer']],
    exhibit: 'TH/3',
    description: 'phone, silver',
    user: 'Owen Frith',
    userRole: 'witness',
  })
  await throughExtraction(teller, old, THREAT, 'Owen Frith', 212)
  teller.at(205)
  const older = await teller.caseWithDevice({
    reference: '43/0790/26',
    offence: 'Harassment',
    officer: 'dc2208',
    members: [['ext118', 'extraction_officer']],
    exhibit: 'TH/4',
    description: 'phone, black',
    user: 'Zofia Lis',
  })
  const extraction = await throughExtraction(teller, older, MEETING, 'Zofia Lis', 205)
  teller.at(31)
  const reviewer = teller.who('rec140')
  await decideReview(teller.ops, reviewer, {
    extraction,
    outcome: 'destroy',
    relevance: 'not_relevant',
    evidence: false,
    reasons: 'The complaint was withdrawn and nobody was charged. Nothing in it bears on any other case.',
  })
  teller.at(2)
  await proposeDestruction(teller.ops, reviewer, { extraction, reason: 'The review of last month decided so.' })
}

/** From the request to the sealed extract, and the phone back within the day. Gives the id of the extraction. */
async function throughExtraction(
  teller: Teller,
  told: Parameters<Teller['giveBack']>[0],
  draft: Draft,
  user: string,
  days: number,
): Promise<string> {
  teller.at(days, -1)
  const id = await teller.request(told, draft, 'The statement of the device user.')
  teller.at(days, -2)
  await teller.notice(id, told.officer)
  teller.at(days, -3)
  await teller.agreement(id, told.officer, user)
  await teller.submit(id, told.officer)
  const until = teller.at(days, -5)
  await teller.grant(id, 'insp91', new Date(until.getTime() + 30 * 86_400_000))
  teller.at(days, -7)
  const extraction = await teller.extraction(id, 'AB-1')
  teller.at(days, -9)
  await teller.giveBack(told)
  return extraction
}

/** Somebody said no. The enquiry goes on without their phone. */
async function refused(teller: Teller): Promise<void> {
  teller.at(24)
  const told = await teller.caseWithDevice({
    reference: '43/0931/26',
    offence: 'Affray',
    group: '2',
    officer: 'dc2208',
    exhibit: 'TH/7',
    description: 'phone, red',
    user: 'Connor Bligh',
    userRole: 'witness',
  })
  const id = await teller.request(told, THREAT, 'What the witness told the first officer.')
  teller.at(24, -1)
  await teller.notice(id, told.officer)
  teller.at(24, -2)
  await recordRefusal(teller.ops, told.officer, {
    requestId: id,
    ownWords: 'I would rather show you the two messages.',
  })
  await teller.giveBack(told)
}

/** Returned to its requester, who has to say more. */
async function returned(teller: Teller): Promise<void> {
  teller.at(16)
  const told = await teller.caseWithDevice({
    reference: '43/1120/26',
    offence: 'Fraud',
    officer: 'dc2208',
    exhibit: 'TH/9',
    description: 'phone, gold',
    user: 'Ellen Marsh',
  })
  const id = await teller.request(told, MEETING, 'The statement of the complainant.')
  teller.at(16, -1)
  await teller.notice(id, told.officer)
  teller.at(16, -2)
  await teller.agreement(id, told.officer, 'Ellen Marsh')
  await teller.submit(id, told.officer)
  await teller.giveBack(told)
  teller.at(14)
  await returnRequest(teller.ops, teller.who('insp64'), {
    requestId: id,
    necessity: 'The bank may hold the same messages. Say whether it was asked, and what it answered.',
    proportionality: 'Say why three weeks and a half are needed, and not the two days of the payments.',
  })
}

/** Taken twelve days ago, and given to a reviewer. */
async function underReview(teller: Teller): Promise<void> {
  teller.at(12)
  const told = await teller.caseWithDevice({
    reference: '43/1187/26',
    offence: 'Stalking and assault',
    group: '2',
    officer: 'pc4417',
    members: [...REVIEWING, ['csl007', 'counsel']],
    exhibit: 'AS/1',
    description: 'phone, black, cracked screen, in a blue case',
    user: 'Megan Doyle',
  })
  await throughExtraction(teller, told, MEETING, 'Megan Doyle', 12)
}

/** Granted yesterday: the kiosk is next. */
async function granted(teller: Teller): Promise<void> {
  teller.at(1, 8)
  const told = await teller.caseWithDevice({
    reference: '43/1198/26',
    offence: 'Blackmail',
    officer: 'pc4417',
    members: [
      ['ext118', 'extraction_officer'],
      ['exh305', 'exhibits_officer'],
    ],
    exhibit: 'AS/4',
    description: 'phone, white',
    user: 'Idris Vaughan',
  })
  const id = await teller.request(told, MEETING, 'The statement of the complainant, and the demand that he printed.')
  teller.at(1, 7)
  await teller.notice(id, told.officer)
  teller.at(1, 6)
  await teller.agreement(id, told.officer, 'Idris Vaughan')
  await teller.submit(id, told.officer)
  const now = teller.at(1, 4)
  await teller.grant(id, 'insp91', new Date(now.getTime() + 30 * 86_400_000))
}

/** A child's phone: a parent has the notice and has not answered yet. */
async function child(teller: Teller): Promise<void> {
  teller.at(0, 22)
  const told = await teller.caseWithDevice({
    reference: '43/1209/26',
    offence: 'Sexual communication with a child',
    group: '2',
    officer: 'pc4417',
    members: [['exh305', 'exhibits_officer']],
    exhibit: 'AS/6',
    description: 'phone, pink, sticker of a fox',
    user: 'Niamh Corrigan',
    userIs: 'child',
    providedBy: 'parent-or-guardian',
    provider: 'Sinead Corrigan',
  })
  const id = await teller.request(told, THREAT, 'What the child told her teacher.')
  teller.at(0, 21)
  await teller.notice(id, told.officer, 'parent-or-guardian')
}

/** Sent for decision this morning. */
async function toDecide(teller: Teller): Promise<void> {
  teller.at(0, 9)
  const told = await teller.caseWithDevice({
    reference: '43/1211/26',
    offence: 'Harassment',
    officer: 'pc4417',
    exhibit: 'AS/8',
    description: 'phone, green',
    user: 'Bronwen Pask',
  })
  const id = await teller.request(told, MEETING, 'Her statement of this morning.')
  teller.at(0, 8)
  await teller.notice(id, told.officer)
  teller.at(0, 7)
  await teller.agreement(id, told.officer, 'Bronwen Pask')
  await teller.submit(id, told.officer)
}

/** Begun an hour ago, and not finished. */
async function beingWritten(teller: Teller): Promise<void> {
  teller.at(0, 2)
  const told = await teller.caseWithDevice({
    reference: '43/1215/26',
    offence: 'Robbery',
    group: '2',
    officer: 'pc4417',
    exhibit: 'AS/9',
    description: 'phone, blue',
    user: 'Kwame Asante',
    userRole: 'witness',
  })
  teller.at(0, 1)
  await teller.request(told, { lines_of_enquiry: THREAT.lines_of_enquiry ?? [] }, 'His first account.')
}
