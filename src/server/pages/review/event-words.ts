/** What stands instead of text, in plain words; whatever is not here is shown as the app calls it. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['location', 'A shared location'],
  ['live location', 'A location shared for a time'],
  ['image', 'A picture'],
  ['video', 'A film'],
  ['view-once image', 'A picture to be seen once'],
  ['view-once video', 'A film to be seen once'],
  ['voice message or audio', 'A voice message or another sound'],
  ['contact card', 'A contact'],
  ['document', 'A document'],
  ['GIF', 'A moving picture'],
  ['sticker', 'A sticker'],
  ['poll', 'A poll'],
  ['call', 'A call'],
  ['draft', 'A draft that was not sent'],
  ['outbox', 'Not sent yet'],
  ['queued', 'Not sent yet'],
  ['failed', 'Could not be sent'],
  ['not downloaded', 'Not fetched to the phone'],
  ['participant_added', 'Somebody was added to the group'],
  ['participant_removed', 'Somebody was removed from the group'],
  ['participant_left', 'Left the group'],
  ['group_renamed', 'The group was renamed'],
  ['group_photo_changed', 'The picture of the group was changed'],
  ['group_photo_removed', 'The picture of the group was removed'],
  ['location_sharing_started', 'Began to share their location'],
  ['location_sharing_stopped', 'Stopped sharing their location'],
  ['audio_message_kept', 'Kept a sound that would have gone by itself'],
])

/** Our words for what a message is instead of text, and what it carries with it: `contact card: +44 …`. */
export function eventWords(system: string): { readonly known?: string; readonly rest: string } {
  const [, word = system, carried = ''] = /^(.*?): ([^]*)$/.exec(system) ?? []
  const known = WORDS.get(word)
  return known === undefined ? { rest: system.replaceAll('_', ' ') } : { known, rest: carried }
}
