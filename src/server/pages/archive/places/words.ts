import type { Place, PlaceFinding } from '../../../../actions/index.ts'

/** What kind of place it is. */
export const PLACE_KIND_WORDS: Readonly<Record<Place['kind'], string>> = {
  collected_folder: 'Where it was collected',
  phone: 'Phones',
  cloud: 'Cloud storage, such as Google Drive, Dropbox, OneDrive or Nextcloud',
  backup: 'Backups',
  other: 'Somewhere else',
}

/** What was found, in a word, and the colour of its tag. */
export const FINDING_WORDS: Readonly<Record<PlaceFinding, { readonly text: string; readonly colour: string }>> = {
  not_checked: { text: 'Not looked at yet', colour: 'grey' },
  gone: { text: 'Copies were there, and are gone', colour: 'green' },
  nothing_there: { text: 'No copy was found there', colour: 'green' },
  still_there: { text: 'Copies are still there', colour: 'red' },
  not_reached: { text: 'Could not be reached', colour: 'orange' },
}
