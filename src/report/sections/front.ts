import { type Authorisation, powerOf } from '../../authorisation/index.ts'
import type { SignedManifest } from '../../extraction/index.ts'
import type { Check } from '../../verify/index.ts'
import type { Block, Line } from '../document.ts'
import { count, moment, number } from '../words.ts'

const PURPOSE_WORDS: Readonly<Record<Authorisation['purpose'], string>> = {
  crime: 'preventing, detecting, investigating or prosecuting crime',
  'missing-person': 'helping to locate a missing person',
  'protect-child-or-at-risk-adult': 'protecting a child or an at-risk adult from neglect or harm',
  'death-investigation': 'the investigation of a death',
}

const ROLE_WORDS: Readonly<Record<Authorisation['device']['user_role'], string>> = {
  victim: 'a victim',
  witness: 'a witness',
  suspect: 'a suspect',
  convicted: 'a convicted person',
  'missing-person': 'a missing person',
  deceased: 'somebody who has died',
  other: 'somebody else',
}

/** The first page: which authorisation, by whom, when, with what, and how much. */
export function frontSection(
  authorisation: Authorisation,
  manifest: SignedManifest,
  checks: readonly Check[],
): Block[] {
  const { device, requested_by, authorised_by } = authorisation
  const total = Object.values(manifest.records).reduce((sum, { total: all }) => sum + all, 0)
  const { model, os, os_version, serial } = manifest.source.device
  const instrument = authorisation.instrument
  const power = `${powerOf(authorisation.power).section}${instrument?.enactment ? `: ${instrument.enactment}` : ''}`
  const phone = [model, os === 'ios' ? 'iOS' : os === 'android' ? 'Android' : undefined, os_version]
    .filter((part) => part !== undefined)
    .join(' ')
  const failed = checks.filter(({ result }) => result === 'failed')
  const facts: (readonly [string, Line] | undefined)[] = [
    ['Authorisation', `${authorisation.reference}, version ${authorisation.version}`],
    ['Exhibit', `${device.exhibit}: ${device.description}`],
    ['Device user', ROLE_WORDS[device.user_role]],
    phone === '' ? undefined : ['What the device says it is', { phone }],
    serial === undefined ? undefined : ['Serial number', { phone: serial }],
    ['Power', power],
    ['Purpose', PURPOSE_WORDS[authorisation.purpose]],
    ['Requested by', `${requested_by.name}, ${requested_by.rank} (${requested_by.id})`],
    ['Authorised by', `${authorised_by.name}, ${authorised_by.rank} (${authorised_by.id})`],
    ['Extracted', `${moment(manifest.started)} to ${moment(manifest.finished)}`],
    ['Extracted with', [`Peel ${manifest.tool.version}, commit `, { code: manifest.tool.commit }]],
    ['Root', { code: manifest.merkle.root }],
  ]
  return [
    {
      type: 'notice',
      tone: 'plain',
      title: `Taken: ${number(manifest.merkle.size)} of ${count(total, 'record')}`,
      lines: [
        'Of the kinds of record that were asked for, this is how many the source holds and how many the authorisation allowed to be taken. The rest was left where it was, and is counted in this report by the reason.',
      ],
    },
    ...(failed.length > 0
      ? ([
          {
            type: 'notice',
            tone: 'warning',
            title: 'Do not rely on this report: a check failed',
            lines: failed.map(({ name, detail }) => `${name}: ${detail}`),
          },
        ] as const)
      : []),
    { type: 'facts', facts: facts.filter((fact) => fact !== undefined) },
  ]
}
