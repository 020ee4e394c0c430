import { test } from 'node:test'
import {
  authorisationFile,
  folder,
  identityFile,
  place,
  recipient,
  strangerFile,
  trustFile,
  written,
} from './ground.ts'
import { failsClearly, peel } from './peel.ts'

const usage: readonly (readonly [says: string, args: readonly string[], why: RegExp])[] = [
  ['an unknown command', ['steal', 'everything'], /no command steal/],
  ['a command that is a name of the language', ['constructor'], /no command constructor/],
  ['another such name', ['__proto__'], /no command __proto__/],
  ['a command in capitals', ['Extract'], /no command Extract/],
  ['an unknown option', ['extract', 'x', '--all'], /--all/],
  ['an option of another command', ['list', 'x', '--authorisation', 'y'], /--authorisation/],
  ['an option without its value', ['list', 'x', '--identity'], /--identity/],
  ['a value for an option that takes none', ['inspect', 'x', '--json=yes'], /--json/],
  ['extract without a word', ['extract'], /<source> is missing/],
  ['extract without an authorisation', ['extract', 'x'], /--authorisation is missing/],
  ['extract without a key to trust', ['extract', 'x', '--authorisation', 'a'], /--trust is missing/],
  ['extract without a recipient', ['extract', 'x', '--authorisation', 'a', '--trust', 't'], /--recipient is missing/],
  ['a word too many', ['inspect', 'x', 'y'], /words? too many/],
  ['list without an identity', ['list', 'x'], /--identity is missing/],
  ['search without words', ['search', 'x', '--identity', identityFile], /<words> is missing/],
  ['search for nothing', ['search', 'x', '!!', '--identity', identityFile], /no words to look for/],
  ['list of no kind', ['list', 'x', '--kind', 'secrets', '--identity', identityFile], /no such kind/],
  ['list from no day', ['list', 'x', '--from', 'yesterday', '--identity', identityFile], /--from is not an instant/],
  ['list from a day that is none', ['list', 'x', '--to', '2026-02-45', '--identity', identityFile], /--to is not/],
  ['a report of another kind', ['report', 'x', '--identity', identityFile, '--out', 'r.docx'], /neither HTML nor PDF/],
  ['sample of no kind', ['sample', 'nokia', 'x'], /no such kind of phone/],
  ['sample without a folder', ['sample', 'ios-files'], /<dir> is missing/],
  ['sample of abc messages', ['sample', 'ios-files', 'x', '--messages', 'abc'], /--messages is not a number/],
  ['sample of too few messages', ['sample', 'ios-files', 'x', '--messages', '0'], /--messages is not a number/],
  ['sample of half a message', ['sample', 'ios-files', 'x', '--messages', '200.5'], /--messages is not a number/],
  ['sample of too many', ['sample', 'ios-files', 'x', '--messages', '1e9'], /--messages is not a number/],
  ['keygen to nowhere', ['keygen'], /--out is missing/],
  ['keygen over a file', ['keygen', '--out', identityFile], /already a file of that name/],
  ['keygen into a folder that is not there', ['keygen', '--out', place('none/key.pem')], /no such file or folder/],
  ['keygen in a place that is a file', ['keygen', '--out', `${identityFile}/key.pem`], /a folder was expected/],
  ['check of nothing', ['check'], /is missing/],
  ['check of a file that is not there', ['check', place('none.yaml')], /is not there/],
  ['check of a folder', ['check', folder], /cannot be read/],
  [
    'a recipient file that is not there',
    [
      'extract',
      folder,
      '--authorisation',
      authorisationFile,
      '--trust',
      trustFile,
      '--recipient',
      place('none'),
      '--out',
      place('o'),
    ],
    /is not there/,
  ],
  [
    'a signer that is none',
    [
      'extract',
      folder,
      '--authorisation',
      authorisationFile,
      '--trust',
      trustFile,
      '--recipient',
      recipient,
      '--out',
      place('o'),
      '--signer',
      strangerFile,
    ],
    /not a private key/,
  ],
]

for (const [says, args, why] of usage)
  test(`${says} is wrong usage`, async () => {
    failsClearly(await peel(args), 2, why)
  })

test('an authorisation that breaks the format fails the check, with every fault and where it is', async () => {
  for (const text of [
    '',
    'format: peel-authorisation/1',
    '- a\n- b',
    '\0\0\0',
    `a: ${'['.repeat(100_000)}`,
    'a: &a [*a]',
  ])
    failsClearly(await peel(['check', written('bad.yaml', text)]), 1, /is not a valid authorisation/)
})

test('a YAML bomb is not expanded', async () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let level = 1; level < 12; level++)
    lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`)
  failsClearly(await peel(['check', written('bomb.yaml', lines.join('\n'))]), 1, /is not a valid authorisation/)
})
