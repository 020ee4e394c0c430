import { RECORD_KINDS } from '../../records/index.ts'
import { type Block, heading, paragraph } from '../document.ts'
import type { Material } from '../material.ts'
import { count, kindTitle, moment, number } from '../words.ts'
import { callsSection } from './calls.ts'
import { contactsSection } from './contacts.ts'
import { mediaSection } from './media.ts'
import { messagesSection } from './messages.ts'

/** The records themselves, or plainly which of them. */
export function recordsSection(material: Material): Block[] {
  const { manifest, gathered } = material
  const blocks: Block[] = [heading(2, '4. The records', 'records')]
  if (manifest.merkle.size === 0)
    return [...blocks, paragraph('Nothing was taken: no record in the source is one that the authorisation allows.')]
  blocks.push(
    paragraph(
      'All times are in Coordinated Universal Time (UTC). In British Summer Time, clocks show one hour more. Each record says which clause allows it and where it stood: D1, D2 and so on are the databases listed in section 2, with the table and the row.',
    ),
    paragraph(
      'Words from the phone stand as they are. A character that cannot be seen, or that would turn the text round, is shown as its number, such as U+202E.',
    ),
    ...withheld(material),
  )
  const sections = {
    message: messagesSection,
    call: callsSection,
    contact: contactsSection,
    media_item: mediaSection,
  }
  for (const [kind, section] of Object.entries(sections) as [keyof typeof sections, typeof messagesSection][])
    if ((gathered.shown.get(kind) ?? []).length > 0) blocks.push(...section(material))
  return blocks
}

/** Says what is not shown. Never silent: a reader must know that there is more. */
function withheld({ gathered, manifest }: Material): Block[] {
  const rows = RECORD_KINDS.flatMap((kind) => {
    const shown = gathered.shown.get(kind) ?? []
    const total = gathered.counts.get(kind) ?? 0
    return total > shown.length ? [{ kind, shown, total }] : []
  })
  if (rows.length === 0) return []
  const shown = [...gathered.shown.values()].reduce((sum, records) => sum + records.length, 0)
  return [
    {
      type: 'notice',
      tone: 'warning',
      title: `This report shows ${number(shown)} of the ${number(manifest.merkle.size)} records that were taken`,
      lines: [
        ...rows.map(({ kind, shown: some, total }) => {
          const last = some.findLast(({ time }) => time !== undefined)?.time
          const first = some[0]?.time
          const span = first && last ? `, from ${moment(first)} to ${moment(last)}` : ''
          return `${kindTitle(kind)}: the earliest ${number(some.length)} of ${number(total)}${span}. ${count(total - some.length, 'later one is', 'later ones are')} not shown.`
        }),
        ['All of them are in the extract. ', { code: 'peel list' }, ' prints every one.'],
      ],
    },
  ]
}
