import type { Force } from './force.ts'
import type { NoticeOptions, NoticeRequest } from './make-notice.ts'

/** A force that there is not, with numbers that nobody has (Ofcom's for drama). */
export const FORCE: Force = {
  name: 'Northmoor Police',
  contact: ['020 7946 0101', 'phones@northmoor.example'],
  regulator: { name: 'the Information Commission', contact: ['regulator.example'] },
}

/** A draft for tests of this room: the example of the architecture before anybody agreed, with changes. */
export function aRequest(changes: Partial<NoticeRequest> = {}): NoticeRequest {
  return {
    reference: 'A/2026/0142',
    version: 1,
    power: 'pcsc-2022-s37',
    purpose: 'crime',
    device: { exhibit: 'AB/1', user_role: 'victim', description: 'phone, black, cracked screen' },
    lines_of_enquiry: [
      {
        id: 'L1',
        proposition: 'He set up the meeting by message.',
        why_this_device: 'You told us that the messages are on it.',
      },
    ],
    scope: [
      {
        id: 'C1',
        line_of_enquiry: 'L1',
        records: ['message', 'call'],
        apps: ['sms', 'whatsapp'],
        between: { from: '2026-03-01T00:00:00Z', to: '2026-03-15T00:00:00Z' },
        with: ['+447700900123'],
        containing: { any: ['meet', 'lift home'] },
        context: 5,
      },
    ],
    alternatives: [{ means: 'screenshots by the user', outcome: 'not practicable', reason: 'too many' }],
    excess_information: { risk: true, reason: 'context' },
    confidential_information: { risk: false, reason: 'none expected' },
    ...changes,
  }
}

export const OPTIONS: NoticeOptions = { force: FORCE, reviewBy: '2026-06-20', returnBy: '2026-03-21' }
