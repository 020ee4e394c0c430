/**
 * Words that stand on every sample phone in places from which nothing may come out, each invented and used nowhere else. A test
 * looks for their bytes in whatever was taken.
 */
export const NEVER = {
  /** copied into a reply: the message it answers is gone */
  quoteInReply: 'thimblewick',
  /** copied into the text of a reaction to a message that was deleted */
  quoteInReaction: 'marrowfen',
  previewInMessages: 'saltmarrow',
  previewInWhatsApp: 'fenwhistle',
  thumbnail: 'lanternquay',
  contactPhoto: 'hazelcrypt',
  secondContactPhoto: 'dovelichen',
  freePageInMessages: 'ottergleam',
  freePageInWhatsApp: 'pewterlark',
  deletedByLog: 'brackenhymn',
  deletedByLogInWhatsApp: 'sorrelvane',
  recoverable: 'juniperknell',
  recoverableReactedTo: 'cindermallow',
  deletedContact: 'mossgrail',
  deletedCall: 'rookpetal',
  searchIndex: 'wickerdusk',
  searchIndexOfContacts: 'gossamerpike',
  bankingApp: 'copperlume',
  healthApp: 'tidewillow',
  datingApp: 'velvetstoat',
} as const

/** Those that only an iPhone has a place for: reactions that quote, messages kept for a while after deletion, link previews of SMS. */
export const NEVER_ON_IOS_ONLY: readonly string[] = [
  NEVER.quoteInReaction,
  NEVER.recoverable,
  NEVER.recoverableReactedTo,
  NEVER.previewInMessages,
]
