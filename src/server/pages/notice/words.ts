import type { ServedNotice } from '../../../actions/index.ts'
import type { Agreeing } from '../../../notice/index.ts'

/** Whoever may be asked, as pages name them. */
export const AGREEING_WORDS: Readonly<Record<Agreeing, string>> = {
  user: 'The device user',
  'parent-or-guardian': 'A parent or guardian',
  'care-authority': 'Somebody who acts for the authority that cares for them',
  'social-worker': 'A registered social worker',
  attorney: 'An attorney',
  deputy: 'A deputy of the Court of Protection',
  'responsible-adult': 'A responsible adult',
}

export const LANGUAGE_WORDS = { en: 'English', cy: 'Welsh' } as const

export const FORMAT_WORDS: Readonly<Record<ServedNotice['format'], string>> = {
  print: 'On paper',
  'large-print': 'On paper, in large print',
  screen: 'On a screen',
  'read-aloud': 'On paper, and read aloud',
}

export const CHANNEL_WORDS: Readonly<Record<ServedNotice['channel'], string>> = {
  'in-person': 'Handed over in person',
  post: 'By post',
  email: 'By email',
  'through-somebody': 'Through somebody else, such as an intermediary',
}

/** The caption above every page about one request. */
export function captionOf({
  request,
  device,
}: {
  request: { reference: string; version: number }
  device: { exhibit: string }
}): string {
  return `${request.reference}${request.version > 1 ? `, version ${request.version}` : ''}, exhibit ${device.exhibit}`
}
