import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { uuid } from '../random.ts'
import type { Story } from '../story/types.ts'
import type { PhoneFile } from './phone.ts'
import { binaryPlist, type Plist } from './plist.ts'

/** Lays the phone out as a copy of its file system. What the phone lists and does not have leaves no trace here. */
export function writeFileSystem(folder: string, story: Story, files: readonly PhoneFile[]): void {
  const place = (path: string) => {
    const at = join(folder, path)
    mkdirSync(dirname(at), { recursive: true })
    return at
  }
  for (const { domain, path, at } of files)
    if (at !== undefined) renameSync(at, place(`${placeOf(domain, story.seed)}/${path}`))
  for (const [path, list] of Object.entries(deviceLists(story))) writeFileSync(place(path), binaryPlist(list))
}

function placeOf(domain: string, seed: string): string {
  if (!domain.startsWith('AppDomain')) return 'private/var/mobile'
  const container = uuid(seed, `container/${domain}`, 0)
  return domain.startsWith('AppDomainGroup-')
    ? `private/var/mobile/Containers/Shared/AppGroup/${container}`
    : `private/var/mobile/Containers/Data/Application/${container}`
}

/** Where iOS itself says what device it runs on. */
function deviceLists({ device }: Story): Record<string, Plist> {
  return {
    'System/Library/CoreServices/SystemVersion.plist': {
      ProductName: 'iPhone OS',
      ProductVersion: device.osVersion,
      ProductBuildVersion: '21E236',
    },
    'private/var/root/Library/Lockdown/data_ark.plist': {
      '-DeviceName': device.name,
      '-TimeIntervalSince1970': 1_777_800_000,
    },
    'private/var/containers/Shared/SystemGroup/systemgroup.com.apple.mobilegestaltcache/Library/Caches/com.apple.MobileGestalt.plist':
      { CacheExtra: { 'h9jDsbgj7xIVeIQ8S3/X3Q': device.model, VasUgeSzVyHdB27g2XpN0g: device.serial } },
    'private/var/wireless/Library/Preferences/com.apple.commcenter.device_specific_nobackup.plist': {
      imei: device.imei,
    },
  }
}
