import type { Check } from '../../verify/index.ts'
import { type Block, heading, type Line, paragraph } from '../document.ts'
import type { Material } from '../material.ts'

const RESULT_WORDS: Readonly<Record<Check['result'], Line>> = {
  passed: 'Passed',
  failed: [{ strong: 'Failed' }],
  not_checked: 'Not checked',
}

/** What was checked when this report was made, and how somebody else checks it. */
export function checkingSection({ checks, manifest }: Material): Block[] {
  return [
    heading(2, '5. How to check this', 'checking'),
    paragraph(
      'This report is a reading of the sealed extract; the extract is the evidence. When the report was made, the extract was checked as follows. A check that was not made counts neither for nor against it.',
    ),
    {
      type: 'table',
      caption: 'Checks made of the extract',
      columns: [{ title: 'Check', share: 1.4 }, { title: 'Result' }, { title: 'Detail', share: 4 }],
      rows: checks.map(({ name, result, detail }) => [name, RESULT_WORDS[result], { phone: detail }]),
    },
    heading(3, 'With Peel'),
    paragraph('Anybody who has the extract and the public keys of the force can repeat these checks:'),
    { type: 'commands', lines: ['peel verify <extract.peel> --trust <keys> --identity <key file>'] },
    paragraph(
      'Without the key file, signatures, digests and counts are checked and nothing is read. The root at the head of this report is a hash over all records: another extraction of the same source under the same authorisation gives the same root.',
    ),
    heading(3, 'With other people’s tools'),
    paragraph('Everything is in open formats; the format documents of Peel say how the parts fit together.'),
    {
      type: 'table',
      caption: 'Tools that can check an extract',
      columns: [{ title: 'Tool' }, { title: 'What it checks', share: 5 }],
      rows: [
        [
          { code: 'sha256sum' },
          [
            'that every file of the extract has the digest in ',
            { code: 'manifest.dsse.json' },
            ', and that the source’s databases have the digests in section 2',
          ],
        ],
        [
          { code: 'openssl' },
          ['the Ed25519 signatures of the manifest and of the authorisation, over their payloads in DSSE form'],
        ],
        [
          { code: 'age' },
          [
            { code: 'key.age' },
            ' opens with the key file of a recipient; the media under ',
            { code: 'payload/' },
            ' are age files too',
          ],
        ],
        [
          { code: 'sqlcipher' },
          [
            { code: 'records.db' },
            ' opens with the key from ',
            { code: 'key.age' },
            ' and holds the records as JSON, one a row',
          ],
        ],
      ],
    },
    paragraph(
      `The extract holds ${manifest.contents.length} files beside its manifest, which names each with its digest.`,
    ),
  ]
}
