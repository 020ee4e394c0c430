import { hash } from 'node:crypto'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Device, OpenedFile } from '../file-source.ts'
import { LocalFile } from '../local-file.ts'
import { parsePlist } from '../plist/plist.ts'
import { isDictionary, type PlistDictionary, type PlistValue } from '../plist/value.ts'
import type { ProblemList } from '../problem-list.ts'

/** Info.plist lists every app with its receipt; this bounds a hostile one, in bytes. */
const LARGEST = 64 << 20

/** What a backup says of itself, in Manifest.plist and Info.plist. */
export interface BackupFacts {
  readonly encrypted: boolean
  readonly keyBag?: Uint8Array
  /** the key of Manifest.db, from iOS 10.2 on */
  readonly manifestKey?: Uint8Array
  readonly device: Device
  /** both lists, as they were read */
  readonly about: readonly OpenedFile[]
}

/** Reads both lists of a backup folder. One that is not there says nothing; one that is damaged is a problem. */
export async function readBackupFacts(folder: string, problems: ProblemList): Promise<BackupFacts> {
  const about: OpenedFile[] = []
  const manifest = await readDictionary(folder, 'Manifest.plist', problems, about)
  const info = await readDictionary(folder, 'Info.plist', problems, about)
  const lockdown = isDictionary(manifest.Lockdown) ? manifest.Lockdown : {}
  const [keyBag, manifestKey] = [manifest.BackupKeyBag, manifest.ManifestKey]
  const imei = [text(info.IMEI), text(info['IMEI 2'])].filter((number) => number !== undefined)
  return {
    encrypted: manifest.IsEncrypted === true,
    keyBag: keyBag instanceof Uint8Array ? keyBag : undefined,
    manifestKey: manifestKey instanceof Uint8Array ? manifestKey : undefined,
    about,
    device: {
      os: 'ios',
      ...given('name', text(info['Device Name']) ?? text(lockdown.DeviceName)),
      ...given('model', text(info['Product Type']) ?? text(lockdown.ProductType)),
      ...given('os_version', text(info['Product Version']) ?? text(lockdown.ProductVersion)),
      ...given('serial', text(info['Serial Number']) ?? text(lockdown.SerialNumber)),
      ...(imei.length > 0 && { imei }),
    },
  }
}

async function readDictionary(
  folder: string,
  name: string,
  problems: ProblemList,
  about: OpenedFile[],
): Promise<PlistDictionary> {
  const place = join(folder, name)
  const status = await lstat(place).catch(() => undefined)
  if (!status) return {}
  try {
    const file = await LocalFile.open(place)
    try {
      const bytes = file.read(0, Math.min(file.size, LARGEST + 1))
      about.push({ path: name, bytes: bytes.length, sha256: hash('sha256', bytes, 'hex') })
      const list = parsePlist(bytes)
      if (isDictionary(list)) return list
    } finally {
      await file.close()
    }
  } catch {
    // Said below, in the same words for every way in which it can be broken.
  }
  problems.add('file_damaged', 'it is not the property list that it should be', name)
  return {}
}

function text(value: PlistValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function given<Name extends string>(name: Name, value: string | undefined): { [key in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: string }
}
