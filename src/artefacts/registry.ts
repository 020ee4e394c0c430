import { androidSms } from './android-sms/android-sms.ts'
import type { Artefact } from './artefact.ts'

/** Every artefact Peel can read. Adding one is a folder and a line here. */
export const ARTEFACTS: readonly Artefact[] = [androidSms]
