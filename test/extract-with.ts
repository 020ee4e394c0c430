import type { FileSource } from '../src/acquisition/index.ts'
import { type Authorisation, authorise, checkAuthorisation } from '../src/authorisation/index.ts'
import { extract, type ExtractResult, type Grant, signManifest } from '../src/extraction/index.ts'
import { generateKey, readPublicKeys, writeEnvelope } from '../src/signature/index.ts'
import type { OracleClause } from './oracle.ts'

const requester = generateKey()
const authoriser = generateKey()
export const installation = generateKey()
export const trust = readPublicKeys(
  `${requester.publicLine} id:pc4321\n${authoriser.publicLine} id:insp77\n${installation.publicLine}`,
)

/** An authorisation around a scope, as complete as the law asks. */
export function authorisationFor(scope: OracleClause[], more: Partial<Authorisation> = {}): Authorisation {
  return {
    format: 'peel-authorisation/1',
    reference: 'A/2026/0142',
    version: 1,
    power: 'pcsc-2022-s37',
    purpose: 'crime',
    device: { exhibit: 'AB/1', user_role: 'victim', description: 'phone, black' },
    lines_of_enquiry: [
      {
        id: 'L1',
        proposition: 'the suspect arranged the meeting by message',
        why_this_device: 'the complainant says so',
      },
    ],
    scope: scope.map((clause) => ({ ...clause, line_of_enquiry: 'L1' })) as unknown as Authorisation['scope'],
    necessity: 'the messages are nowhere else',
    proportionality: 'no more than the line of enquiry asks for',
    alternatives: [{ means: 'screenshots by the user', outcome: 'not practicable', reason: 'there are too many' }],
    excess_information: { risk: true, reason: 'others write in the same conversations' },
    confidential_information: { risk: false, reason: 'none is expected' },
    agreement: { by: 'user', notice_served: '2026-03-20T10:00:00Z', agreed: '2026-03-20T10:20:00Z' },
    valid: { from: '2026-03-20T12:00:00Z', until: '2036-04-20T12:00:00Z' },
    requested_by: { id: 'pc4321', name: 'A Constable', rank: 'constable' },
    authorised_by: { id: 'insp77', name: 'An Inspector', rank: 'inspector' },
    ...more,
  } as Authorisation
}

/** Signs an authorisation by two people, and returns the envelope's text. */
export function signed(authorisation: Authorisation): string {
  return writeEnvelope(authorise(authorisation, requester, authoriser))
}

/** The grant that a signed authorisation gives. An empty scope cannot be authorised, so it is granted here by hand. */
export function grantFor(scope: OracleClause[]): Grant {
  if (scope.length === 0)
    return { reference: 'A/2026/0142', version: 1, digest: '0'.repeat(64), scope: [], envelope: '' }
  const envelope = signed(authorisationFor(scope))
  const decision = checkAuthorisation(envelope, { trust, now: Date.parse('2026-04-01T00:00:00Z') })
  if (!decision.granted) throw new Error(decision.refusals.map(({ code, message }) => `${code} ${message}`).join('; '))
  return { reference: 'A/2026/0142', version: 1, digest: decision.digest, scope: decision.scope, envelope }
}

/** Extracts as the command line does, with keys made for the test. */
export function extractWith(request: {
  source: FileSource
  grant: Grant
  recipient: string
  out: string
}): Promise<ExtractResult> {
  const { source, grant, recipient, out } = request
  return extract({
    source,
    grant,
    recipients: [recipient],
    out,
    tool: { name: 'peel', version: '0.0.0', commit: 'test' },
    sign: (manifest) => signManifest(manifest, installation),
    clock: () => Date.parse('2026-04-01T00:00:00Z'),
  })
}
