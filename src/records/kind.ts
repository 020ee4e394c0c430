/** The kinds of record, in the order in which reports name them. A scope names kinds from this closed list. */
export const RECORD_KINDS = [
  'message',
  'call',
  'contact',
  'media_item',
  'location',
  'web_visit',
  'calendar_entry',
  'note',
  'voicemail',
  'installed_app',
  'account',
] as const

export type RecordKind = (typeof RECORD_KINDS)[number]
