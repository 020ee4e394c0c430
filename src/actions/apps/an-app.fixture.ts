import assert from 'node:assert/strict'
import { dpiaDigest } from '../../apps/index.ts'
import { WRITTEN } from '../../apps/dpia/a-dpia.fixture.ts'
import {
  CERTIFICATE,
  makeApk,
  manifest,
  named,
  SCHEME,
  signer,
  withSigningBlock,
} from '../../apps/package/apk.fixture.ts'
import { after, dayOf } from '../../retention/index.ts'
import { adviseOnDpia } from '../dpia/advise-dpia.ts'
import { approveDpia } from '../dpia/approve-dpia.ts'
import { beginDpia } from '../dpia/begin-dpia.ts'
import { reviewViews } from '../dpia/consult-on-dpia.ts'
import { decideAdvice } from '../dpia/decide-advice.ts'
import { readDpiaFile } from '../dpia/read-dpias.ts'
import { sendForAdvice } from '../dpia/send-for-advice.ts'
import { writeDpia } from '../dpia/write-dpia.ts'
import { issueInstruction, type WrittenInstruction } from '../instruction/issue-instruction.ts'
import type { Actor, Ops } from '../ops.ts'
import { RefusedWithReasons } from './app-refused.ts'
import { askDecision } from './ask-decision.ts'
import { type AskedApp, askForApp } from './ask-app.ts'
import { changeEntry } from './change-entry.ts'
import { agreeToAsking } from './decide-asking.ts'
import { inspectApp } from './inspect-app.ts'
import { peopleNamed } from './person-of.ts'
import { readApp } from './read-apps.ts'
import { beginAssessment, screenApp } from './screen-app.ts'

/** What tests need of a service: its actions, and people by their staff numbers. */
export interface AppService {
  readonly ops: Ops
  actor(who: string, options?: { stepUp?: boolean }): Promise<Actor>
}

export const ASKED: AskedApp = {
  app: 'Scene Notes',
  publisher: 'Example Notes Ltd',
  purpose: 'Notes of what witnesses say, at the scene.',
  why: 'Notes on paper are lost, and typed twice.',
  roles: ['constable'],
  phones: 40,
}

/** A package of org.example.app that asks for these permissions of Android, signed by an invented maker. */
export function aPackage(...permissions: readonly string[]): Buffer {
  const elements = permissions.map((name) => named('uses-permission', `android.permission.${name}`))
  return withSigningBlock(makeApk(manifest(elements, [])), [[SCHEME.v2, signer(CERTIFICATE)]])
}

/** An instruction with a question. */
export const INSTRUCTION: WrittenInstruction = {
  text: 'Notes are about people. Write what is needed, and nothing else.',
  questions: [{ id: 'Q1', asks: 'What do you write?', answers: ['What is needed', 'Everything'], right: [0] }],
  passMark: 1,
}

/** Who does what: two who own apps, two who answer for data, the officer who advises, and whoever asks. */
export async function appPeople(service: AppService) {
  const ids = ['pc4321', 'app410', 'app411', 'iao310', 'iao311', 'dpo400'] as const
  const [asker, writer, owner, decider, second, officer] = await Promise.all(ids.map((id) => service.actor(id)))
  return { asker, writer, owner, decider, second, officer } as Record<
    'asker' | 'writer' | 'owner' | 'decider' | 'second' | 'officer',
    Actor
  >
}

/** An assessment of an app that lacks nothing and waits for whoever signs it. Gives its id. */
export async function aWrittenDpia(service: AppService, app: string, reference = 'DPIA/2026/7'): Promise<string> {
  const { ops } = service
  const { writer } = await appPeople(service)
  const { id } = await beginDpia(ops, writer, { reference, title: 'Notes at the scene', app })
  const [officer, owner] = await peopleNamed(ops, ['dpo400', 'app411'])
  await writeDpia(ops, writer, {
    dpiaId: id,
    seen: 1,
    part: 'step_7',
    change: (dpia) => ({
      ...dpia,
      ...(officer && { dpo: officer }),
      ...(owner && { kept_under_review_by: owner }),
      controller: { name: 'Test Police', contact: 'information management' },
      ...WRITTEN,
      review_on: after(dayOf(ops.now()), { months: 11 }),
    }),
  })
  return id
}

/** The same, advised on and approved by two. */
export async function anApprovedAssessment(service: AppService, app: string, reference?: string): Promise<string> {
  const { ops } = service
  const { writer, officer, decider, second } = await appPeople(service)
  const dpiaId = await aWrittenDpia(service, app, reference)
  await sendForAdvice(ops, writer, dpiaId)
  await adviseOnDpia(ops, officer, { dpiaId, advises: 'go_ahead', summary: 'It may go ahead with these measures.' })
  await decideAdvice(ops, decider, { dpiaId, outcome: 'accepted', reasons: '' })
  await reviewViews(ops, decider, { dpiaId, follows: true, reasons: '' })
  await approveDpia(ops, decider, { dpiaId, part: 'measures' })
  await approveDpia(ops, second, { dpiaId, part: 'residual_risk' })
  return dpiaId
}

/** An app of which everything is known, for which nobody has decided anything yet; its package asks for the camera. */
export async function anAssessedApp(service: AppService, asked: Partial<AskedApp> = {}): Promise<string> {
  const { ops } = service
  const { asker, writer, owner } = await appPeople(service)
  const appId = await askForApp(ops, asker, { ...ASKED, ...asked })
  await inspectApp(ops, writer, { appId, bytes: aPackage('CAMERA') })
  await writeEntry(service, appId, { owner: true })
  await screenApp(ops, writer, { appId, outcome: 'go_on', why: '' })
  await beginAssessment(ops, writer, appId)
  const reference = `DPIA/${appId.slice(0, 8)}`
  const dpiaId = await anApprovedAssessment(service, appId, reference)
  const { row } = await readDpiaFile(ops, writer, dpiaId)
  const instruction = await issueInstruction(ops, owner, appId, INSTRUCTION)
  await writeEntry(service, appId, {
    dpia: { reference, digest: dpiaDigest(row.document) },
    instruction,
  })
  return appId
}

async function writeEntry(
  service: AppService,
  appId: string,
  refers: { owner?: true; dpia?: { reference: string; digest: string }; instruction?: string },
): Promise<void> {
  const { ops } = service
  const { writer } = await appPeople(service)
  const { row } = await readApp(ops, writer, appId)
  const [owner, security, tester] = await peopleNamed(ops, ['app411', 'adm500', 'app410'])
  const on = dayOf(ops.now())
  const { owner: _, ...rest } = refers
  await changeEntry(ops, writer, {
    appId,
    seen: row.version,
    part: 'owner',
    change: (entry) => {
      const [version = entry.versions[0]] = row.record.seen
      if (!owner || !security || !tester || !version) throw new TypeError('somebody is missing')
      return {
        ...entry,
        owner,
        versions: [version],
        data_classes: ['What witnesses say'],
        data_flows: [
          {
            data: 'Notes',
            from: 'the phone',
            to: 'the force’s server',
            country: 'United Kingdom',
            protection: 'TLS 1.3',
          },
        ],
        supplier: {
          name: 'Example Notes Ltd',
          processes_data: true,
          contract: { reference: 'C-12', from: '2026-01-01', until: '2028-12-31', has_required_terms: true },
        },
        defaults: { records_by_itself: false, shows_that_it_records: true },
        restrictability: {
          by: tester,
          on,
          means: 'managed_store',
          result: 'restricted',
          roles_let_in: entry.roles,
          outsider_kept_out: true,
          evidence: 'T-7',
        },
        security_review: {
          by: security,
          on,
          outcome: 'passed',
          reference: 'S-3',
          versions: [{ platform: version.platform, version: version.version }],
        },
        review_on: after(on, { months: 9 }),
        exit_plan: 'Notes are exported to the case system; the supplier deletes and certifies.',
        ...rest,
      }
    },
  })
}

/** Asks for a trial of an app. Gives the id of what is asked. */
export async function askTrial(service: AppService, appId: string): Promise<string> {
  const { ops } = service
  const { writer } = await appPeople(service)
  const people = await peopleNamed(ops, ['pc4322'])
  const until = after(dayOf(ops.now()), { days: 30 })
  return askDecision(ops, writer, {
    appId,
    asks: { act: 'begin_trial', people, until, question: 'Do notes reach the case system?' },
  })
}

/** Asks the board to approve an app that was tried. */
export async function askApproval(service: AppService, appId: string): Promise<string> {
  const { ops } = service
  const { writer } = await appPeople(service)
  const present = await peopleNamed(ops, ['iao310', 'iao311', 'supt90'])
  const [, accepts] = present
  if (accepts === undefined) throw new TypeError('nobody takes the risk')
  return askDecision(ops, writer, {
    appId,
    asks: {
      act: 'approve',
      board: { minutes: 'AB/2026/3', present, risk_accepted_by: accepts },
      trial_report: 'They reach it within a minute.',
    },
  })
}

/** An app that the board has approved for constables. */
export async function anApprovedApp(service: AppService, asked: Partial<AskedApp> = {}): Promise<string> {
  const { ops } = service
  const { decider } = await appPeople(service)
  const appId = await anAssessedApp(service, asked)
  await agreeToAsking(ops, decider, await askTrial(service, appId))
  await agreeToAsking(ops, decider, await askApproval(service, appId))
  return appId
}

/** The codes of the reasons for which something is refused. */
export async function refusedFor(act: Promise<unknown>): Promise<string[]> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  assert(error instanceof RefusedWithReasons, String(error))
  return [...new Set(error.reasons.map(({ code }) => code))]
}
