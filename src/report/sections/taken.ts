import type { KindCounts } from '../../extraction/index.ts'
import { type RecordKind, RECORD_KINDS, writtenDay } from '../../records/index.ts'
import { KIND_WORDS, type Reason, REASONS } from '../../scope/index.ts'
import { timeline } from '../timeline.ts'
import { type Block, heading, type Line, paragraph, small, type Span } from '../document.ts'
import type { Material } from '../material.ts'
import { conversationTitle } from '../people.ts'
import { capital, count, kindTitle, listed, number, REASON_WORDS } from '../words.ts'

/** Conversations beyond this are counted and not listed. */
const CONVERSATIONS_AT_MOST = 500

/** What was taken and what was left, by kind, by reason, by clause, by day and by conversation. */
export function takenSection(material: Material): Block[] {
  const { manifest, authorisation, gathered } = material
  const asked = RECORD_KINDS.filter((kind) => manifest.records[kind] !== undefined)
  const blocks: Block[] = [
    heading(2, '3. What was taken and what was left', 'taken'),
    {
      type: 'table',
      caption: 'Records in the source, of the kinds that were asked for',
      columns: [
        { title: 'Kind', share: 2 },
        { title: 'In the source', align: 'right' },
        { title: 'Taken', align: 'right' },
        { title: 'of these as context', align: 'right' },
        { title: 'Left', align: 'right' },
      ],
      rows: asked.map((kind) => {
        const counts = countsOf(material, kind)
        const { total, taken, context } = counts
        return [
          kindTitle(kind),
          number(total),
          number(taken),
          number(context),
          number(total - taken - removedOf(counts)),
        ]
      }),
      total: totalRow(material, asked),
    },
    ...removedParagraph(material, asked),
    ...leftTable(material, asked),
    paragraph(
      manifest.not_asked_for.length === 0
        ? 'Every kind of record that Peel knows was asked for by some clause.'
        : `Not asked for, and therefore neither looked for nor counted: ${listed(manifest.not_asked_for.map((kind) => KIND_WORDS[kind]))}.`,
    ),
    {
      type: 'table',
      caption: 'Records that each clause allows',
      columns: [
        { title: 'Clause', share: 1 },
        { title: 'Line of enquiry', share: 3 },
        { title: 'Records', align: 'right' },
      ],
      rows: authorisation.scope.map(({ id, line_of_enquiry }): Line[] => {
        const line = authorisation.lines_of_enquiry.find(({ id: other }) => other === line_of_enquiry)
        return [
          id,
          `${line_of_enquiry}${line ? `: ${line.proposition.trim()}` : ''}`,
          number(manifest.clauses[id] ?? 0),
        ]
      }),
    },
    small(
      'A record that several clauses allow is counted under each of them, so these numbers need not add up to the number taken.',
    ),
  ]
  if (manifest.merkle.size === 0) return blocks
  const chart = timeline(gathered.days)
  if (chart) {
    blocks.push(heading(3, 'When they are from'), chart)
    if (gathered.undated > 0)
      blocks.push(
        small(
          `${count(gathered.undated, 'record has', 'records have')} no usable time and ${gathered.undated === 1 ? 'is' : 'are'} not in the chart.`,
        ),
      )
  }
  if (gathered.conversations.length > 0) blocks.push(...conversationTable(material))
  return blocks
}

function countsOf({ manifest }: Material, kind: RecordKind): KindCounts {
  return manifest.records[kind] ?? { total: 0, taken: 0, context: 0, left: {} }
}

function removedOf({ removed = {} }: KindCounts): number {
  return Object.values(removed).reduce((all, value) => all + value, 0)
}

/** What was taken once and is gone; nothing where the extract is as the extraction left it. */
function removedParagraph(material: Material, kinds: readonly RecordKind[]): Block[] {
  const { resealed } = material.manifest
  if (resealed === undefined) return []
  const gone = kinds.flatMap((kind) =>
    Object.entries(countsOf(material, kind).removed ?? {}).map(
      ([reason, records]) => `${KIND_WORDS[kind]}: ${number(records)} (${reason.replaceAll('_', ' ')})`,
    ),
  )
  return [
    paragraph(
      `The extract was sealed anew on ${writtenDay(resealed.at)}. Removed since the extraction, and counted here neither as taken nor as left: ${gone.length === 0 ? 'nothing' : listed(gone)}.`,
    ),
  ]
}

function totalRow(material: Material, kinds: readonly RecordKind[]): Line[] {
  const sum = { total: 0, taken: 0, context: 0, left: 0 }
  for (const kind of kinds) {
    const counts = countsOf(material, kind)
    sum.total += counts.total
    sum.taken += counts.taken
    sum.context += counts.context
    sum.left += counts.total - counts.taken - removedOf(counts)
  }
  return ['All kinds', number(sum.total), number(sum.taken), number(sum.context), number(sum.left)]
}

/** Why what was left was left; one row a reason, one column a kind. */
function leftTable(material: Material, kinds: readonly RecordKind[]): Block[] {
  const reasons = REASONS.filter((reason) => kinds.some((kind) => (countsOf(material, kind).left[reason] ?? 0) > 0))
  if (reasons.length === 0) return [paragraph('Nothing of these kinds was left.')]
  const leftOf = (kind: RecordKind, reason: Reason) => countsOf(material, kind).left[reason] ?? 0
  const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
  return [
    {
      type: 'table',
      caption: 'Records that were left, by reason',
      columns: [
        { title: 'Reason', share: 2 },
        ...kinds.map((kind) => ({ title: kindTitle(kind), align: 'right' as const })),
        { title: 'All', align: 'right' },
      ],
      rows: reasons.map((reason) => [
        capital(REASON_WORDS[reason]),
        ...kinds.map((kind) => number(leftOf(kind, reason))),
        number(sum(kinds.map((kind) => leftOf(kind, reason)))),
      ]),
      total: [
        'All that were left',
        ...kinds.map((kind) => number(sum(reasons.map((reason) => leftOf(kind, reason))))),
        number(sum(kinds.flatMap((kind) => reasons.map((reason) => leftOf(kind, reason))))),
      ],
    },
  ]
}

function conversationTable({ gathered, manifest }: Material): Block[] {
  const { conversations } = gathered
  const shown = conversations.slice(0, CONVERSATIONS_AT_MOST)
  const rest = conversations.slice(CONVERSATIONS_AT_MOST)
  const period = (first?: string, last?: string): Span =>
    first === undefined || last === undefined
      ? 'no usable time'
      : writtenDay(first) === writtenDay(last)
        ? writtenDay(first)
        : `${writtenDay(first)} to ${writtenDay(last)}`
  const all = manifest.records.message ?? { taken: 0, context: 0 }
  return [
    heading(3, 'Conversations'),
    {
      type: 'table',
      caption: 'Messages taken, by conversation',
      columns: [
        { title: 'Conversation', share: 3 },
        { title: 'From and until', share: 2 },
        { title: 'Messages', align: 'right' },
        { title: 'of these as context', align: 'right' },
      ],
      rows: [
        ...shown.map((conversation): Line[] => [
          conversationTitle(conversation),
          period(conversation.first, conversation.last),
          number(conversation.count),
          number(conversation.context),
        ]),
        ...(rest.length > 0
          ? [
              [
                `${count(rest.length, 'more conversation')}, not listed here`,
                '',
                number(rest.reduce((sum, one) => sum + one.count, 0)),
                number(rest.reduce((sum, one) => sum + one.context, 0)),
              ],
            ]
          : []),
      ],
      total: [count(conversations.length, 'conversation'), '', number(all.taken), number(all.context)],
    },
  ]
}
