import type { StoryMessage } from '../story/types.ts'
import { binaryPlist, type Plist, Real, Uid } from './plist.ts'
import { attributedBody } from './typedstream.ts'

const APPLE_EPOCH_MS = 978_307_200_000

/**
 * `message_summary_info` of a message that was edited (`ec`: every version of part 0, the current one last) or taken back
 * (`rp`: the parts that are gone); null for the others.
 */
export function editSummary(message: StoryMessage): Buffer | null {
  const { edits, unsent, body = '', changedAt = 0 } = message
  if (unsent) return binaryPlist({ amc: 1, ust: true, otr: { '0': { lo: 0, le: 12 } }, rp: [0] })
  if (edits === undefined) return null
  const versions = [...edits, { at: changedAt, body }]
  return binaryPlist({
    amc: 0,
    ec: {
      '0': versions.map(({ at, body: text }) => ({
        t: attributedBody(text),
        d: new Real((at - APPLE_EPOCH_MS) / 1000),
      })),
    },
    ust: true,
    ep: [0],
    otr: { '0': { lo: 0, le: edits[0]?.body.length ?? 0 } },
  })
}

/** `payload_data` of a link: the archived LPLinkMetadata that the phone fetched, with the page's title. */
export function linkPayload(preview: { readonly url: string; readonly title: string }): Buffer {
  const objects: Plist[] = [
    '$null',
    { richLinkIsPlaceholder: false, richLinkMetadata: new Uid(2), $class: new Uid(7) },
    { URL: new Uid(3), originalURL: new Uid(3), title: new Uid(5), version: 1, $class: new Uid(6) },
    { 'NS.base': new Uid(0), 'NS.relative': new Uid(4), $class: new Uid(8) },
    preview.url,
    preview.title,
    { $classname: 'LPLinkMetadata', $classes: ['LPLinkMetadata', 'NSObject'] },
    { $classname: 'RichLink', $classes: ['RichLink', 'NSObject'] },
    { $classname: 'NSURL', $classes: ['NSURL', 'NSObject'] },
  ]
  return binaryPlist({ $version: 100_000, $archiver: 'NSKeyedArchiver', $top: { root: new Uid(1) }, $objects: objects })
}
