import { androidSms } from './android-sms/android-sms.ts'
import { androidCallLog } from './android-call-log/android-call-log.ts'
import { androidContacts } from './android-contacts/android-contacts.ts'
import type { Artefact } from './artefact.ts'

/** Every artefact Peel can read. Adding one is a folder and a line here. */
export const ARTEFACTS: readonly Artefact[] = [androidSms, androidCallLog, androidContacts]
