import { access } from 'node:fs/promises'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Actor,
  addMember,
  CODE,
  CODE_STEPS,
  type Draft,
  grantRequest,
  LADDER,
  type Ops,
  openCase,
  receiveDevice,
  recordAgreement,
  returnDevice,
  runExtraction,
  savePart,
  serveNotice,
  startExtraction,
  startRequest,
  submitRequest,
} from '../actions/index.ts'
import { makeSample } from '../sample/index.ts'
import { STORY_PEOPLE } from './people.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A clock that the story turns; everything else is told what it says. */
export interface StoryClock {
  /** makes it another time for everything that asks from now on */
  set(at: Date): void
}

/** Which build made the extracts. */
export interface StoryTool {
  readonly name: 'peel'
  readonly version: string
  readonly commit: string
}

/** Who is asked, in these cases. */
export interface StoryCase {
  readonly reference: string
  readonly offence: string
  /** the review group, where it is not that of most offences */
  readonly group?: '2'
  readonly officer: string
  /** others who need to know, each with the part that they have */
  readonly members?: readonly (readonly [person: string, capacity: string])[]
  readonly exhibit: string
  readonly description: string
  readonly user: string
  readonly userRole?: 'victim' | 'witness'
  readonly userIs?: 'adult' | 'child'
  readonly providedBy?: string
  readonly provider?: string
}

/** What has become of a case so far. */
export interface Told {
  readonly caseId: string
  readonly device: string
  readonly officer: Actor
}

/** Does what people of the story do, one act after the other, at the times that it is told. */
export class Teller {
  readonly ops: Ops
  readonly #clock: StoryClock
  readonly #tool: StoryTool
  /** the moment that the story ends at: when somebody opens the page */
  readonly #end: Date

  constructor(ops: Ops, clock: StoryClock, tool: StoryTool, end: Date) {
    this.ops = ops
    this.#clock = clock
    this.#tool = tool
    this.#end = end
  }

  /** So many days, and hours, before the end. */
  at(days: number, hours = 0): Date {
    const moment = new Date(this.#end.getTime() - days * DAY - hours * HOUR)
    this.#clock.set(moment)
    return moment
  }

  /** A person of the story, who has just proved who they are. */
  who(id: string): Actor {
    const person = STORY_PEOPLE.find((candidate) => candidate.id === id)
    if (person === undefined) throw new TypeError('nobody of the story')
    const { name, rank, roles, schedule3 } = person
    return {
      id,
      name,
      roles,
      ...(rank !== undefined && { rank }),
      ...(schedule3 !== undefined && { schedule3 }),
      stepUp: true,
    }
  }

  /** Opens a case, lets in who needs to know, and receives the device. */
  async caseWithDevice(about: StoryCase): Promise<Told> {
    const officer = this.who(about.officer)
    const caseId = await openCase(this.ops, officer, {
      reference: about.reference,
      offence: about.offence,
      ...(about.group !== undefined && { retentionGroup: about.group }),
    })
    for (const [personId, capacity] of about.members ?? [])
      await addMember(this.ops, officer, { caseId, personId, capacity })
    const device = await receiveDevice(this.ops, officer, {
      caseId,
      exhibit: about.exhibit,
      description: about.description,
      userName: about.user,
      ownerName: about.user,
      userRole: about.userRole ?? 'victim',
      userIs: about.userIs ?? 'adult',
      providedBy: about.providedBy ?? 'user',
      ...(about.provider !== undefined && { providerName: about.provider }),
      condition: 'switched on, screen cracked in one corner',
      place: 'Calder station, front desk',
    })
    return { caseId, device, officer }
  }

  /** Writes a request as far as `until`, by default to its end. */
  async request({ device, officer }: Told, draft: Draft, facts: string): Promise<string> {
    const id = await startRequest(this.ops, officer, { device })
    const save = (answer: Parameters<typeof savePart>[2]['answer']) => savePart(this.ops, officer, { id, answer })
    await save({
      part: 'power',
      power: 'pcsc-2022-s37',
      why: 'The device user offered the phone, and is asked whether they agree.',
    })
    await save({ part: 'purpose', purpose: 'crime' })
    for (const { proposition, why_this_device } of draft.lines_of_enquiry ?? [])
      await save({
        part: 'line',
        line: { proposition, why_this_device, direction: 'either', data: 'messages and calls', facts },
      })
    for (const { id: _, ...change } of draft.scope ?? []) await save({ part: 'clause', change })
    if (draft.necessity === undefined) return id
    await save({ part: 'alternatives', rows: ALTERNATIVES })
    await save({
      part: 'third_parties',
      text: 'The people named in the scope. Nobody else is sought, and group members are masked.',
    })
    await save({ part: 'necessity', text: draft.necessity })
    await save({ part: 'proportionality', text: draft.proportionality ?? '' })
    await save({
      part: 'excess',
      risk: true,
      reason: 'What stands beside the messages that are sought may concern other people.',
    })
    await save({
      part: 'confidential',
      risk: false,
      reason: 'Neither a lawyer, a doctor nor a journalist is on either side of what is sought.',
    })
    await save({
      part: 'sensitive_processing',
      condition: 'administration-of-justice',
      strictly_necessary: 'What was written can be proved by the messages themselves alone.',
      policy_document: 'APD/2026/07, version 3',
    })
    return id
  }

  /** Serves the notice on the device user, or on who may agree for them. */
  async notice(id: string, officer: Actor, to: 'user' | 'parent-or-guardian' = 'user'): Promise<void> {
    await serveNotice(this.ops, officer, {
      requestId: id,
      to,
      language: 'en',
      format: 'print',
      channel: 'in-person',
      adjustments: [],
    })
  }

  /** The device user agrees in writing. */
  async agreement(id: string, officer: Actor, name: string): Promise<void> {
    await recordAgreement(this.ops, officer, {
      requestId: id,
      by: 'user',
      name,
      authorisedPerson: false,
      confirmed: 'written',
      noUnduePressure: true,
      noticeRead: true,
      copyGiven: true,
    })
  }

  async submit(id: string, officer: Actor): Promise<void> {
    await savePart(this.ops, officer, {
      id,
      answer: {
        part: 'code',
        edition: CODE.edition,
        steps: Object.fromEntries(CODE_STEPS.map((step) => [step.id, { followed: true as const }])),
      },
    })
    await submitRequest(this.ops, officer, { id })
  }

  async grant(id: string, by: string, until: Date): Promise<void> {
    await grantRequest(this.ops, this.who(by), {
      requestId: id,
      necessity: 'The messages are the only record of who proposed the meeting, and when.',
      proportionality: 'One person and four weeks, out of years of messages. The rest is neither read nor kept.',
      validUntil: until,
    })
  }

  /** The kiosk takes what was granted. Gives the id of the extraction. */
  async extraction(id: string, phone: string): Promise<string> {
    const extraction = await startExtraction(this.ops, this.who('ext118'), { requestId: id, from: { kiosk: phone } })
    await runExtraction(this.ops, extraction, { tool: this.#tool, ending: new AbortController().signal })
    return extraction
  }

  async giveBack({ device, officer }: Told): Promise<void> {
    await returnDevice(this.ops, officer, { deviceId: device, to: 'user', place: 'Calder station, front desk' })
  }

  /** Puts a phone that never was where the kiosk sees it. */
  async phone(name: string, options: { messages: number; seed: string }): Promise<void> {
    const kiosk = this.ops.kioskFolder
    if (kiosk === undefined) throw new TypeError('the story needs a kiosk')
    const there = await access(join(kiosk, name)).then(
      () => true,
      () => false,
    )
    if (there) return
    const making = join(kiosk, `.${name}`)
    await rm(making, { recursive: true, force: true })
    const { phone } = await makeSample('ios-backup', making, options)
    await rename(phone, join(kiosk, name))
    await rm(making, { recursive: true, force: true })
  }
}

const ALTERNATIVES = LADDER.map(({ means }) => ({
  means,
  outcome: 'not practicable',
  reason: 'It does not show who wrote first, when, and what was edited or taken back.',
}))
