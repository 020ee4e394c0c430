import { STORY_ENDS } from '../story/calendar.ts'
import { binaryPlist, type Plist, Uid } from './plist.ts'

const REGULAR = 0o100644
const DIRECTORY = 0o040755

/** The keyed archive (MBFile) that `Manifest.db` holds for each file: name, size in bytes, dates, and in encrypted backups its key. */
export function backupFile(file: {
  readonly path: string
  readonly size: number
  readonly folder?: true
  /** class and wrapped key, 44 bytes */
  readonly key?: Buffer
}): Buffer {
  const when = Math.floor(STORY_ENDS / 1000)
  const objects: Plist[] = [
    '$null',
    {
      LastModified: when,
      Flags: 0,
      GroupID: 501,
      LastStatusChange: when,
      Birth: when,
      Size: file.size,
      UserID: 501,
      Mode: file.folder ? DIRECTORY : REGULAR,
      InodeNumber: 0,
      ProtectionClass: file.folder ? 0 : 3,
      RelativePath: new Uid(2),
      ...(file.key ? { EncryptionKey: new Uid(4) } : {}),
      $class: new Uid(3),
    },
    file.path,
    { $classname: 'MBFile', $classes: ['MBFile', 'NSObject'] },
  ]
  if (file.key)
    objects.push(
      { 'NS.data': file.key, $class: new Uid(5) },
      { $classname: 'NSMutableData', $classes: ['NSMutableData', 'NSData', 'NSObject'] },
    )
  return binaryPlist({ $version: 100_000, $archiver: 'NSKeyedArchiver', $top: { root: new Uid(1) }, $objects: objects })
}
