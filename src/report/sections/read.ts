import type { SignedManifest } from '../../extraction/index.ts'
import { PROBLEM_CODES } from '../../records/index.ts'
import { type Block, heading, type Line, paragraph, small } from '../document.ts'
import type { Material } from '../material.ts'
import { capital, count, number, size } from '../words.ts'

/** Problems beyond this are counted and not listed. */
const PROBLEMS_AT_MOST = 200

/** What was read of what was given, and whether that was the whole phone. */
export function readSection({ manifest, databases }: Material): Block[] {
  const { files, source, problems } = manifest
  const listed = files.not_opened + files.opened
  return [
    heading(2, '2. What was read', 'read'),
    heading(3, 'Was the whole phone copied?'),
    ...wasItAllCopied(source.kind, files).map((text) => paragraph(text)),
    {
      type: 'table',
      caption: 'What became of the files that the source lists',
      columns: [
        { title: 'Files', share: 3 },
        { title: 'Number', align: 'right' },
      ],
      rows: [
        ['Not opened: nothing of what they hold was looked at', number(files.not_opened)],
        ['Opened: read in whole or in part, as listed below', number(files.opened)],
      ],
      total: ['Files that the source holds', number(listed)],
    },
    paragraph(
      files.missing === 0
        ? 'No file that the source lists is missing from it.'
        : `${count(files.missing, 'more file is', 'more files are')} listed by the source and missing from it. What they held cannot be said.`,
    ),
    heading(3, 'Files that were opened'),
    ...(files.databases.length === 0
      ? [paragraph('No database was opened.')]
      : [
          paragraph(
            'A database is read from beginning to end, so that its digest can be given: the machine passed over rows that nobody was allowed to see, in memory, and kept none of them. The digest is SHA-256 over the file as the phone wrote it.',
          ),
          {
            type: 'table',
            caption: 'Databases and the files that belong to them',
            columns: [
              { title: 'No.', share: 0.5 },
              { title: 'File and SHA-256', share: 6 },
              { title: 'Bytes', align: 'right' },
            ],
            rows: files.databases.map(({ path, bytes, sha256 }): Line[] => [
              databases.get(path) ?? '',
              [{ code: path }, '\n', { code: sha256 }],
              number(bytes),
            ]),
            ids: files.databases.map(({ path }) => databases.get(path) ?? ''),
          } satisfies Block,
        ]),
    ...aboutSource(files.about_source),
    paragraph(
      files.taken.count === 0
        ? 'No picture, film or other file was taken.'
        : `${count(files.taken.count, 'file was', 'files were')} taken whole (pictures, films and other files), ${size(files.taken.bytes)} together; their list and digests are in the extract.`,
    ),
    ...(files.looked_at.count === 0
      ? []
      : [
          paragraph(
            `${count(files.looked_at.count, 'file was', 'files were')} looked at to learn what ${files.looked_at.count === 1 ? 'it is' : 'they are'}, or when and where made, and not taken: ${number(files.looked_at.bytes_read)} bytes were read of ${files.looked_at.count === 1 ? 'it' : 'them'} all together.`,
          ),
        ]),
    ...unread(files, source.kind),
    heading(3, 'Oddities in the material'),
    ...(problems.length === 0
      ? [paragraph('None were met.')]
      : [
          paragraph(
            `${count(problems.length, 'oddity was', 'oddities were')} met and worked around. Where records could not be read because of one, they are counted as left.`,
          ),
          {
            type: 'table',
            caption: 'Oddities, and where',
            columns: [
              { title: 'What', share: 2 },
              { title: 'Where', share: 2 },
              { title: 'Detail', share: 2 },
            ],
            rows: problems
              .slice(0, PROBLEMS_AT_MOST)
              .map(({ code, file, detail }) => [
                capital((PROBLEM_CODES as Readonly<Record<string, string>>)[code] ?? code),
                file === undefined ? 'the source, or a file that was not taken and is not named' : { code: file },
                { phone: detail },
              ]),
          } satisfies Block,
          ...(problems.length > PROBLEMS_AT_MOST
            ? [small(`${number(problems.length - PROBLEMS_AT_MOST)} more are in the extract and not listed here.`)]
            : []),
        ]),
  ]
}

/** What was read before anything of the phone’s own: what the source is, and of which device. */
function aboutSource(files: SignedManifest['files']['about_source']): Block[] {
  if (files.length === 0) return []
  return [
    {
      type: 'table',
      caption: 'Files read to learn what the source is and of which device',
      columns: [
        { title: 'File and SHA-256', share: 6 },
        { title: 'Bytes', align: 'right' },
      ],
      rows: files.map(({ path, bytes, sha256 }): Line[] => [[{ code: path }, '\n', { code: sha256 }], number(bytes)]),
    },
  ]
}

/** Files that were opened and are in none of the lists: they could not be read. */
function unread(files: SignedManifest['files'], kind: SignedManifest['source']['kind']): Block[] {
  const { opened, databases, about_source, taken, looked_at } = files
  // The lists of a backup are not among its files.
  const about = kind.endsWith('backup') || kind.endsWith('encrypted') ? 0 : about_source.length
  const others = opened - databases.length - about - taken.count - looked_at.count
  if (others <= 0) return []
  return [paragraph(`${count(others, 'other file was', 'other files were')} opened and could not be read.`)]
}

/** Says for each kind of source what “only what is authorised was taken” means and what it does not. */
export function wasItAllCopied(kind: SignedManifest['source']['kind'], files: SignedManifest['files']): string[] {
  const opened = `Of the ${count(files.not_opened + files.opened, 'file')} in it, ${number(files.opened)} ${files.opened === 1 ? 'was' : 'were'} opened and ${number(files.not_opened)} ${files.not_opened === 1 ? 'was' : 'were'} not.`
  const rest =
    'What was given is still where it was, unchanged: this extraction neither altered nor destroyed it, and this report cannot say what becomes of it.'
  const kept =
    'Only records that the authorisation allows were kept. Everything else is counted in section 3 and is not in the extract.'
  switch (kind) {
    case 'folder':
    case 'zip':
      return [
        'Not by this extraction, but a copy was there before it. Peel was given a copy of files of the phone that somebody else had made. It cannot say how much of the phone that copy holds.',
        `${opened} ${kept}`,
        rest,
      ]
    case 'tar':
      return [
        'Not by this extraction, but a copy was there before it. Peel was given an archive of files of the phone that somebody else had made. It cannot say how much of the phone that archive holds.',
        `The names of all files in it were read to find those that matter; where the archive was compressed, the machine had to unpack the whole of it for that, into memory and an encrypted scratch file whose key was never stored. ${opened} ${kept}`,
        rest,
      ]
    case 'ios-backup':
      return [
        'Not by this extraction, but much of it was copied before: the phone had written a backup of itself, which holds more than was authorised. Peel was given that backup.',
        `The backup’s own list of files was read. ${opened} ${kept}`,
        rest,
      ]
    case 'ios-backup-encrypted':
      return [
        'Not by this extraction, but much of it was copied before: the phone had written an encrypted backup of itself, which holds more than was authorised. Peel was given that backup and its password.',
        `The backup’s own list of files was decrypted and read. ${opened} Only files that were opened were decrypted, in memory. ${kept}`,
        rest,
      ]
    case 'android-backup':
      return [
        'Not by this extraction, but a part of it was copied before: the phone had written a backup of itself, which may hold more than was authorised. Peel was given that backup.',
        `Such a backup is one long stream. Where it is compressed or encrypted, the machine had to read the whole of it to find the files, in memory and an encrypted scratch file whose key was never stored. ${opened} ${kept}`,
        rest,
      ]
    case 'recordings':
      return [
        'Not by this extraction. Recordings that had been taken into an archive were kept from it for this case: these, and no others of the archive.',
        `What was known of each call, and its sound, were read as the archive held them, encrypted; in plain they were in memory only. ${kept}`,
        'The archive’s own copies of them go once this extract is whole and checked. This report cannot say when that was done; the log of the service does.',
      ]
    case 'file':
      return [
        'Not by this extraction. Peel was given a single database, with the files that belong to it, which somebody else had copied from the phone.',
        `The database was read whole. ${kept}`,
        rest,
      ]
  }
}
