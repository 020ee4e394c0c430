import type { Authorisation, AuthorisationPerson } from '../../../authorisation/index.ts'
import { REASONS } from '../../../recordings/index.ts'

/** The Act and the part of its code by which what may be relevant stays. */
const ENACTMENT =
  'Criminal Procedure and Investigations Act 1996, section 23: Code of Practice, part 5 (duty to retain what may be relevant)'

/** So long, in days, there is to seal what was approved: it takes minutes. */
const DAYS = 28

/** What an authorisation to keep recordings is made of. */
export interface KeepDocument {
  readonly reference: string
  readonly exhibit: string
  readonly keep: string
  readonly archive: string
  readonly set: string
  readonly recordings: number
  /** how many the archive holds */
  readonly of: number
  /** codes of what ties them */
  readonly codes: readonly string[]
  readonly relevance: string
  readonly necessity: string
  readonly requestedBy: AuthorisationPerson
  readonly authorisedBy: AuthorisationPerson
  readonly now: Date
}

/**
 * An authorisation to keep recordings of an archive for a case, in the format of any other (docs/formats/authorisation.md, "Recordings that are kept"). Nothing
 * is taken from a device, so no power to take is named but the duty to retain; the set's digest stands as the serial number, so that nothing but this set is it.
 */
export function keepDocument(about: KeepDocument): Authorisation {
  const { reference, exhibit, keep, archive, set, recordings, of, codes, relevance, necessity, now } = about
  const many = recordings === 1 ? '1 recording' : `${recordings} recordings`
  return {
    format: 'peel-authorisation/1',
    reference,
    version: 1,
    power: 'other',
    purpose: 'crime',
    instrument: { kind: 'other', reference: keep, enactment: ENACTMENT },
    device: {
      exhibit,
      user_role: 'other',
      description: `${many} of telephone calls, of archive ${archive}`,
      serial: set,
    },
    lines_of_enquiry: [{ id: 'L1', proposition: relevance, why_this_device: tiesOf(codes) }],
    scope: [{ id: 'C1', line_of_enquiry: 'L1', records: ['call'], apps: ['call-recording'], attachments: true }],
    necessity,
    proportionality: `${many} of the ${of} that the archive holds. Each is named by its digest, and was found by what is known of its call.`,
    excess_information: {
      risk: false,
      reason: 'The force holds them already. Nothing is taken beside the recordings that are named by their digest.',
    },
    confidential_information: {
      risk: false,
      reason: 'What a register shows to be a protected number, or its owner calls confidential, cannot be proposed.',
    },
    valid: { from: now.toISOString(), until: new Date(now.getTime() + DAYS * 24 * 60 * 60 * 1000).toISOString() },
    requested_by: about.requestedBy,
    authorised_by: about.authorisedBy,
  }
}

/** Why it is these, in the sentences of the rules. */
function tiesOf(codes: readonly string[]): string {
  const says = [...new Set(codes)]
    .sort()
    .flatMap((code) => (code in REASONS ? [REASONS[code as keyof typeof REASONS][2]] : []))
  return says.length === 0 ? 'It was decided that they are held.' : says.join(' ')
}
