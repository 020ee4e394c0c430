import { type Attachment, type Message, person } from '../../records/index.ts'
import { BCC, CC, FROM, isSomebody, plainAddress, TO } from '../telephony/addresses.ts'
import { UNSENT_MMS } from '../telephony/message-types.ts'
import { subjectText } from '../telephony/subject.ts'
import type { Oddities } from '../oddities.ts'
import { digits, recipients, text } from './fields.ts'

const MOST_ADDRESSES = 1000

/**
 * Reads one element of `NNNNNN_mms_backup`. `date` is in SECONDS. `self_phone` says which number is the device user's, so
 * nothing has to be concluded as in the database.
 */
export function mmsMessage(element: Readonly<Record<string, unknown>>, odd: Oddities): Message {
  const box = Number(element.msg_box)
  const incoming = box === 1 || (!(box >= 1 && box <= 5) && Number(element.m_type) !== 128)
  const { sender, addressees } = addresses(element, incoming)
  const members = recipients(element.recipients)
  const nobody = sender === undefined && addressees.length === 0
  const from = sender ?? (incoming && nobody && members.length === 1 ? members[0] : undefined)
  const to = nobody && from === undefined ? members : addressees
  const subject = subjectText(element.sub, element.sub_cs)
  const body = text(element.mms_body)
  const system = UNSENT_MMS[box]
  return {
    kind: 'message',
    app: 'sms',
    ...odd.time('date', digits(element.date), 'unix_seconds'),
    direction: incoming ? 'in' : 'out',
    ...(from === undefined ? {} : { from: { address: from } }),
    to: to.map((address) => ({ address })),
    service: 'MMS',
    ...(subject === undefined ? {} : { subject }),
    ...(body === undefined ? {} : { body }),
    ...(system === undefined ? {} : { system }),
    attachments: attachments(element.attachments),
  }
}

function addresses(element: Readonly<Record<string, unknown>>, incoming: boolean) {
  const self = text(element.self_phone)
  const own = self === undefined ? undefined : person(self)
  let sender: string | undefined
  const addressees = new Set<string>()
  for (const entry of list(element.mms_addresses)) {
    const address = plainAddress(entry.address)
    const type = Number(entry.type)
    if (!isSomebody(address) || person(address) === own) continue
    if (type === FROM) sender ??= incoming ? address : undefined
    else if (type === TO || type === CC || type === BCC) addressees.add(address)
  }
  if (sender !== undefined) addressees.delete(sender)
  return { sender, addressees: [...addressees] }
}

/** Named in the backup, and not in it: Android writes no attachment's bytes. */
function attachments(value: unknown): Attachment[] {
  return list(value).map((entry) => {
    const name = text(entry.filename) ?? ''
    const mediaType = text(entry.mime_type)
    return mediaType === undefined
      ? { name, taken: false }
      : { name, media_type: mediaType.toLowerCase(), taken: false }
  })
}

function list(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value)
    ? value.slice(0, MOST_ADDRESSES).filter((entry) => typeof entry === 'object' && entry !== null)
    : []
}
