import { type Authorisation, powerOf } from '../../authorisation/index.ts'
import type { Check } from '../../verify/index.ts'
import { type Block, type Line, phone } from '../document.ts'
import type { Material } from '../material.ts'
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
export function frontSection({ authorisation, manifest, checks }: Material): Block[] {
  const { device, requested_by, authorised_by, instrument } = authorisation
  const total = Object.values(manifest.records).reduce((sum, { total: all }) => sum + all, 0)
  const { model, os, os_version, serial } = manifest.source.device
  const power = `${powerOf(authorisation.power).section}${instrument?.enactment ? `: ${instrument.enactment}` : ''}`
  const system = os === 'ios' ? 'iOS' : os === 'android' ? 'Android' : undefined
  const device_says = [model, [system, os_version].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  const facts: (readonly [string, Line] | undefined)[] = [
    ['Authorisation', `${authorisation.reference}, version ${authorisation.version}`],
    ['Exhibit', `${device.exhibit}: ${device.description}`],
    ['Device user', ROLE_WORDS[device.user_role]],
    device_says === '' ? undefined : ['What the device says it is', phone(device_says)],
    serial === undefined ? undefined : ['Serial number', phone(serial)],
    ['Power', power],
    ['Purpose', PURPOSE_WORDS[authorisation.purpose]],
    ['Requested by', `${requested_by.name}, ${requested_by.rank} (${requested_by.id})`],
    ['Authorised by', `${authorised_by.name}, ${authorised_by.rank} (${authorised_by.id})`],
    ['Extraction began', moment(manifest.started)],
    ['Extraction ended', moment(manifest.finished)],
    ['Made with', [`Peel ${manifest.tool.version}, commit `, { code: manifest.tool.commit }]],
    ['Root over the records', { code: manifest.merkle.root }],
    ['Digest of the authorisation', { code: manifest.authorisation.digest }],
  ]
  return [
    ...warning(checks),
    {
      type: 'notice',
      tone: 'plain',
      title: `Taken: ${number(manifest.merkle.size)} of ${count(total, 'record')}`,
      lines: [
        `Of the kinds of record that the authorisation asks for, the first number was taken and the second is what the source holds. The rest was left${manifest.resealed ? ', or removed since,' : ','} and is counted in section 3 by the reason.`,
      ],
    },
    { type: 'facts', facts: facts.filter((fact) => fact !== undefined) },
    {
      type: 'contents',
      items: [
        { link: 'authorised', text: '1. What was authorised' },
        { link: 'read', text: '2. What was read' },
        { link: 'taken', text: '3. What was taken and what was left' },
        { link: 'records', text: '4. The records' },
        { link: 'checking', text: '5. How to check this' },
      ],
    },
  ]
}

function warning(checks: readonly Check[]): Block[] {
  const failed = checks.filter(({ result }) => result === 'failed')
  if (failed.length === 0) return []
  return [
    {
      type: 'notice',
      tone: 'warning',
      title: 'Do not rely on this report: a check failed',
      lines: failed.map(({ name, detail }) => [`${name}: `, phone(detail)]),
    },
  ]
}
