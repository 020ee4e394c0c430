/**
 * What Android's telephony provider means by its values, in its database and in its backups alike. Knows no file.
 */

/** Types of an MMS address (`addr.type`): PduHeaders BCC, CC, FROM, TO. */
export const BCC = 129
export const CC = 130
export const FROM = 137
export const TO = 151

/** What stands in place of an address: nothing, a sender that Android does not know, and in an MMS the device user. */
export const NOBODY = ['', '\u02bcUNKNOWN_SENDER!\u02bc', 'insert-address-token'] as const

/** Whether an address stands for somebody other than the device user. */
export function isSomebody(address: unknown): address is string {
  return typeof address === 'string' && !(NOBODY as readonly string[]).includes(address)
}

/** An address without the network's way to say that it is a telephone number: `+447700900123/TYPE=PLMN`. */
export function plainAddress(address: unknown): unknown {
  return typeof address === 'string' ? address.replace(/\/TYPE=[A-Z0-9]{1,8}$/i, '') : address
}
