import { androidSms } from './android-sms/android-sms.ts'
import { androidCallLog } from './android-call-log/android-call-log.ts'
import { androidContacts } from './android-contacts/android-contacts.ts'
import { androidBackupSms } from './android-backup-sms/android-backup-sms.ts'
import { dcim } from './dcim/dcim.ts'
import { iosAddressBook } from './ios-address-book/ios-address-book.ts'
import { iosCallHistory } from './ios-call-history/ios-call-history.ts'
import { iosSms } from './ios-sms/ios-sms.ts'
import { whatsappAndroid } from './whatsapp-android/whatsapp-android.ts'
import { whatsappAndroidContacts } from './whatsapp-android-contacts/whatsapp-android-contacts.ts'
import { whatsappIos } from './whatsapp-ios/whatsapp-ios.ts'
import { whatsappIosCalls } from './whatsapp-ios-calls/whatsapp-ios-calls.ts'
import { whatsappIosContacts } from './whatsapp-ios-contacts/whatsapp-ios-contacts.ts'
import type { Artefact } from './artefact.ts'

/** Every artefact Peel can read. Adding one is a folder and a line here. */
export const ARTEFACTS: readonly Artefact[] = [
  iosSms,
  iosCallHistory,
  iosAddressBook,
  androidSms,
  androidCallLog,
  androidContacts,
  androidBackupSms,
  dcim,
  whatsappIos,
  whatsappIosCalls,
  whatsappIosContacts,
  whatsappAndroid,
  whatsappAndroidContacts,
]
