import type { MediaItem, PeelRecord } from '../../records/index.ts'
import { attachmentLines } from '../attachments.ts'
import { type Block, heading, type Line, paragraph, phone, type PictureRef, type Span } from '../document.ts'
import type { Material } from '../material.ts'
import { ALL_PICTURE_BYTES_AT_MOST, PICTURE_BYTES_AT_MOST } from '../picture.ts'
import { clausesOf, placeOf } from '../provenance.ts'
import { count, duration, kindTitle, moment, number, position, size } from '../words.ts'

type Item = PeelRecord & MediaItem

/** Pictures and films: a table of all, and the pictures that are small enough to be shown. */
export function mediaSection(material: Material): Block[] {
  const items = (material.gathered.shown.get('media_item') ?? []) as readonly Item[]
  const pictures = items.flatMap((item): PictureRef[] => {
    const sha256 = item.attachments[0]?.sha256
    if (sha256 === undefined || !material.pictures.has(sha256)) return []
    return [{ sha256, name: item.name, caption: [phone(item.name), ', ', when(item)] }]
  })
  return [
    heading(3, kindTitle('media_item')),
    {
      type: 'table',
      caption: `Pictures and videos, earliest first: ${number(items.length)}`,
      columns: [
        { title: 'When', share: 2 },
        { title: 'File', share: 4 },
        { title: 'Made where and with what', share: 2.4 },
        { title: 'Where it stood', share: 3 },
      ],
      rows: items.map((item): Line[] => [
        when(item),
        [
          phone(item.name),
          ...facts(item),
          ...attachmentLines(item.attachments).flatMap((line) => ['\n', ...(line as Span[])]),
        ],
        made(item),
        [...placeOf(item, material), `; ${clausesOf(item)}`],
      ]),
      ids: items.map(({ id }) => `r-${id}`),
    },
    ...(pictures.length > 0 ? [{ type: 'pictures', pictures } as const] : []),
    ...(pictures.length < items.length
      ? [
          paragraph(
            `${count(items.length - pictures.length, 'of these is', 'of these are')} named and not shown: not taken as a file, not a picture of a kind that every viewer can show, damaged, larger than ${size(PICTURE_BYTES_AT_MOST)}, or beyond the ${size(ALL_PICTURE_BYTES_AT_MOST)} of pictures that one report holds.`,
          ),
        ]
      : []),
  ]
}

function when({ time, time_zone }: Item): string {
  if (time === undefined) return 'no usable time'
  return time_zone === 'assumed_utc'
    ? `${moment(time).replace(/ UTC$/, '')}, zone not stated by the phone`
    : moment(time)
}

function facts({ width, height, duration_seconds }: Item): Span[] {
  return [
    width !== undefined && height !== undefined ? `, ${number(width)} × ${number(height)} pixels` : '',
    duration_seconds !== undefined ? `, ${duration(duration_seconds)}` : '',
  ]
}

function made({ place, camera }: Item): Line {
  const spans: Span[] = []
  if (place) spans.push(position(place))
  if (camera !== undefined) spans.push(place ? '\n' : '', phone(camera))
  return spans.length === 0 ? 'not stated' : spans
}
