import type { Message } from '../../records/index.ts'
import { isSomebody } from '../telephony/addresses.ts'
import { SMS_TYPES } from '../telephony/message-types.ts'
import type { Oddities } from '../oddities.ts'
import { digits, recipients, text } from './fields.ts'

/** Reads one element of `NNNNNN_sms_backup`. Every value is a string of what the column of `sms` held. */
export function smsMessage(element: Readonly<Record<string, unknown>>, odd: Oddities): Message {
  const type = Number(element.type)
  const known = type in SMS_TYPES
  if (!known) odd.once('type', 'a type outside 1 to 6; read as received')
  const incoming = !known || type === 1
  const address = element.address
  const others = isSomebody(address) ? [address] : recipients(element.recipients)
  const from = incoming && others.length === 1 ? others[0] : undefined
  const subject = text(element.subject)
  const body = text(element.body)
  const system = known ? SMS_TYPES[type] : undefined
  return {
    kind: 'message',
    app: 'sms',
    ...odd.time('date', digits(element.date), 'unix_milliseconds'),
    direction: incoming ? 'in' : 'out',
    ...(from === undefined ? {} : { from: { address: from } }),
    to: from === undefined ? others.map((one) => ({ address: one })) : [],
    service: 'SMS',
    ...(subject === undefined ? {} : { subject }),
    ...(body === undefined ? {} : { body }),
    ...(system === undefined ? {} : { system }),
    attachments: [],
  }
}
