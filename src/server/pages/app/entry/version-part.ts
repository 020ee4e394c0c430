import type { AppVersion, CatalogueEntry } from '../../../../apps/index.ts'
import { linesOf } from '../../../questions.ts'
import type { Part } from './context.ts'

const PACKAGE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/

/** Which versions are assessed: of those whose package was looked into, or an iPhone app that nobody can look into. */
export const versionPart: Part = {
  intro: [
    'The last version of each package that was looked into. If a later version may do something new, the app is suspended: choose that version here, and have the app decided on again.',
  ],
  questions: ({ versions }) => [
    ...(versions.length === 0
      ? []
      : [
          {
            ask: 'several' as const,
            name: 'versions',
            label: 'Which versions are assessed?',
            of: versions.map((one) => ({ value: versionKey(one), text: versionSays(one), hint: dangers(one) })),
          },
        ]),
    {
      ask: 'line',
      name: 'id',
      label: 'Bundle id of an iPhone app whose package nobody can look into',
      hint: 'Leave this, and what follows, empty for any other app.',
    },
    { ask: 'line', name: 'version', label: 'Its version', classes: 'govuk-input--width-10' },
    {
      ask: 'text',
      name: 'dangers',
      rows: 3,
      label: 'What may it do?',
      hint: 'One on each line, as the App Store says it.',
    },
  ],
  answers: ({ entry }) => ({ versions: entry.versions.map(versionKey) }),
  read: (given, { versions }) => {
    const id = given.text('id')
    const chosen = versions.filter((one) => given.list('versions').includes(versionKey(one)))
    if (id === '' && chosen.length === 0)
      given.wrong(versions.length > 0 ? 'versions' : 'id', 'Choose a version, or enter a bundle id')
    if (id !== '' && !PACKAGE.test(id)) given.wrong('id', 'Enter a bundle id, such as uk.police.example')
    const version = id === '' ? '' : given.needed('version', 'Enter its version', 60)
    const typed: AppVersion = {
      platform: 'ios',
      id,
      version,
      dangers: linesOf(given.text('dangers')),
      signers: [],
      recorder: 'none',
    }
    return given.read((entry): CatalogueEntry => ({ ...entry, versions: id === '' ? chosen : [...chosen, typed] }))
  },
}

/** What a version is chosen by in a form. */
export function versionKey({ platform, id, version }: AppVersion): string {
  return `${platform} ${id} ${version}`
}

/** A version as a list of choices says it. */
export function versionSays({ platform, id, version }: AppVersion): string {
  return `${platform === 'ios' ? 'iPhone' : 'Android'}: ${id}, version ${version}`
}

function dangers({ dangers: names }: AppVersion): string {
  return names.length === 0 ? 'It asks for nothing dangerous.' : `It may use: ${names.join(', ')}`
}
