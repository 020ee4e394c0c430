/**
 * `sms.type` (Telephony.TextBasedSmsColumns.MESSAGE_TYPE_*), with what is said of a message that nobody received. Everything but 1
 * is the device user's own.
 */
export const SMS_TYPES: Readonly<Record<number, string | undefined>> = {
  1: undefined,
  2: undefined,
  3: 'draft',
  4: 'outbox',
  5: 'failed',
  6: 'queued',
}

/** The same of `pdu.msg_box` (Telephony.BaseMmsColumns.MESSAGE_BOX_*): 1 came in, 2 was sent. */
export const UNSENT_MMS: Readonly<Record<number, string>> = { 3: 'draft', 4: 'outbox', 5: 'failed' }
