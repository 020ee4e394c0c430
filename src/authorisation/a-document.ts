import type { Authorisation } from './authorisation.ts'

/** A valid authorisation for tests of this room: the example of the architecture, with changes. */
export function aDocument(changes: Partial<Record<keyof Authorisation, unknown>> = {}): Authorisation {
  return {
    format: 'peel-authorisation/1',
    reference: 'A/2026/0142',
    version: 1,
    power: 'pcsc-2022-s37',
    purpose: 'crime',
    device: { exhibit: 'AB/1', user_role: 'victim', description: 'phone, black', serial: 'F2LXK0ABCD' },
    lines_of_enquiry: [
      { id: 'L1', proposition: 'the suspect arranged the meeting', why_this_device: 'the messages are on it' },
    ],
    scope: [
      {
        id: 'C1',
        line_of_enquiry: 'L1',
        records: ['message', 'call'],
        apps: ['sms', 'whatsapp'],
        between: { from: '2026-03-01T00:00:00Z', to: '2026-03-15T00:00:00Z' },
        with: ['+447700900123', 'name@example.org'],
        containing: { any: ['meet', 'lift home'] },
        near: { lat: 51.5, lon: -0.12, radius_metres: 500 },
        context: 5,
        attachments: true,
      },
    ],
    necessity: 'nothing else shows it',
    proportionality: 'one person, one fortnight',
    alternatives: [{ means: 'screenshots by the user', outcome: 'not practicable', reason: 'too many' }],
    excess_information: { risk: true, reason: 'context' },
    confidential_information: { risk: false, reason: 'none expected' },
    agreement: { by: 'user', notice_served: '2026-03-20T10:00:00Z', agreed: '2026-03-20T10:20:00Z' },
    valid: { from: '2026-03-20T12:00:00Z', until: '2026-04-20T12:00:00Z' },
    requested_by: { id: 'pc4321', name: 'Jo Ashdown', rank: 'constable' },
    authorised_by: { id: 'insp77', name: 'Sam Field', rank: 'inspector' },
    ...changes,
  } as Authorisation
}
