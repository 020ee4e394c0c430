import type { Following } from '../../../actions/index.ts'
import type { SelfReport } from '../../../apps/index.ts'

export const INSTALLED_WORDS: Readonly<Record<SelfReport['installed'], string>> = {
  still: 'It is still there',
  no_longer: 'It is no longer there',
  not_known: 'I do not know',
}
export const PHONE_WORDS: Readonly<Record<SelfReport['phone'], string>> = {
  of_the_force: 'A phone of the force',
  own: 'My own phone',
}
export const DATA_WORDS: Readonly<Record<SelfReport['data'], string>> = {
  none: 'It keeps nothing',
  on_the_phone: 'On the phone',
  in_a_cloud: 'In a cloud, for example Google Drive or Dropbox',
  both: 'On the phone and in a cloud',
  not_known: 'I do not know',
}
export const DELETED_WORDS: Readonly<Record<SelfReport['deleted'], string>> = {
  nothing: 'Nothing was deleted',
  some: 'Some of it was deleted',
  all: 'All of it was deleted',
  not_known: 'I do not know',
}
export const EVIDENCE_WORDS: Readonly<Record<SelfReport['evidence'], string>> = {
  no: 'No',
  yes: 'Yes',
  not_known: 'I do not know',
}

/** An answer as it reads to others than whoever gave it. */
export function toOthers(answer: string): string {
  return answer.replace(/^I do not know$/, 'They do not know').replace(/^My own phone$/, 'Their own phone')
}

/** What must follow, as whoever reported it is told. */
export const FOLLOWING_WORDS: Readonly<Record<Following, string>> = {
  keep_everything: 'Delete nothing, and do not take the app off. What is there is listed first.',
  collect_phone:
    'Keep the phone switched on and at hand. A phone of the force is taken in, or device management stops the app. If you gave no name, nobody knows which phone it is.',
  collect_cloud: 'Do not sign out of the cloud, and delete nothing in it. What is there is listed and kept.',
  tell_disclosure: 'The disclosure officer can read this report: it may be evidence.',
  record_deletion: 'Write down for yourself what was deleted and when. If you gave your name, you will be asked.',
  tell_officer: 'The data protection officer can read this report.',
}
