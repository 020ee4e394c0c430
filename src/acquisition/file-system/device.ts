import { AcquisitionError } from '../errors.ts'
import { hash } from 'node:crypto'
import type { Device, FileSource, OpenedFile, SourceFile } from '../file-source.ts'
import { parsePlist } from '../plist/plist.ts'
import { isDictionary, type PlistDictionary, type PlistValue } from '../plist/value.ts'

type Facts = Pick<FileSource, 'files' | 'open'> & { readonly about: OpenedFile[] }

/** Property files and property lists that describe a device are a few kilobytes; this bounds a hostile one, in bytes. */
const LARGEST = 1 << 20

/**
 * What a file system says of its device, from the files meant for that. A damaged one says nothing; nothing is guessed.
 * Android: `build.prop`. iOS: SystemVersion.plist, data_ark.plist, MobileGestalt, commcenter.
 */
export async function readDevice(
  of: Pick<FileSource, 'files' | 'open'>,
): Promise<Pick<FileSource, 'device' | 'about'>> {
  const about: OpenedFile[] = []
  const source: Facts = { files: of.files, open: (file) => of.open(file), about }
  const found = locate(source.files)
  if (found.android.length > 0 && found.ios.size > 0) return { device: {}, about }
  if (found.android.length > 0) return { device: await android(source, found.android), about }
  if (found.ios.size > 0) return { device: await ios(source, found.ios), about }
  return { device: {}, about }
}

/** Most telling first: the first file that defines a property decides. */
const ANDROID = ['system/build.prop', 'vendor/build.prop'] as const

const IOS = {
  version: 'System/Library/CoreServices/SystemVersion.plist',
  ark: 'root/Library/Lockdown/data_ark.plist',
  gestalt: 'systemgroup.com.apple.mobilegestaltcache/Library/Caches/com.apple.MobileGestalt.plist',
  cellular: 'wireless/Library/Preferences/com.apple.commcenter.device_specific_nobackup.plist',
} as const

type IosFile = keyof typeof IOS

function locate(files: readonly SourceFile[]): { android: SourceFile[]; ios: Map<IosFile, SourceFile> } {
  const highest = new Map<string, SourceFile[]>()
  for (const file of files) {
    const suffixes = file.path.endsWith('build.prop') ? ANDROID : file.path.endsWith('.plist') ? Object.values(IOS) : []
    const suffix = suffixes.find((one) => lies(file.path, one))
    if (suffix === undefined) continue
    const held = highest.get(suffix)
    const difference = held ? depth(file) - depth(held[0]!) : -1
    if (difference < 0) highest.set(suffix, [file])
    else if (difference === 0) held!.push(file)
  }
  // The highest is the device's own file, deeper ones are copies inside packages and updates. Two that lie equally high are
  // two devices' in one folder, and which one is meant cannot be known.
  const only = (suffix: string) => {
    const held = highest.get(suffix) ?? []
    return held.length === 1 ? held : []
  }
  const ios = new Map<IosFile, SourceFile>()
  for (const key of Object.keys(IOS) as IosFile[]) for (const file of only(IOS[key])) ios.set(key, file)
  return { android: ANDROID.flatMap(only), ios }
}

function depth(file: SourceFile): number {
  return file.path.split('/').length
}

function lies(path: string, suffix: string): boolean {
  return path.endsWith(suffix) && (path.length === suffix.length || path[path.length - suffix.length - 1] === '/')
}

async function android(source: Facts, files: readonly SourceFile[]): Promise<Device> {
  const properties = new Map<string, string>()
  for (const file of files) {
    const text = Buffer.from(await contents(source, file)).toString('utf8')
    for (const line of text.split('\n')) {
      const property = /^\s*(ro\.[\w.]+)=(.*)$/.exec(line)
      const value = property?.[2]?.trim()
      if (value && !properties.has(property![1]!)) properties.set(property![1]!, value)
    }
  }
  const first = (...keys: string[]) => keys.map((key) => properties.get(key)).find((value) => value !== undefined)
  return present({
    os: 'android' as const,
    model: first('ro.product.model', 'ro.product.vendor.model', 'ro.product.system.model'),
    os_version: first('ro.build.version.release', 'ro.system.build.version.release', 'ro.vendor.build.version.release'),
    serial: first('ro.serialno', 'ro.boot.serialno'),
  })
}

async function ios(source: Facts, files: ReadonlyMap<IosFile, SourceFile>): Promise<Device> {
  const version = await dictionary(source, files.get('version'))
  // Macs keep a SystemVersion.plist in the same place: only the product's name tells them apart.
  if (version.ProductName !== undefined && version.ProductName !== 'iPhone OS') return {}
  const ark = await dictionary(source, files.get('ark'))
  const { CacheExtra: gestalt } = await dictionary(source, files.get('gestalt'))
  const cellular = await dictionary(source, files.get('cellular'))
  return present({
    os: 'ios' as const,
    name: text(ark['-DeviceName']),
    // ProductType, under the key that MobileGestalt's cache has for it.
    model: isDictionary(gestalt) ? text(gestalt['h9jDsbgj7xIVeIQ8S3/X3Q']) : undefined,
    // SerialNumber: its key, like every key there, is the MD5 of `MGCopyAnswer` and its name, in base64.
    serial: isDictionary(gestalt) ? text(gestalt.VasUgeSzVyHdB27g2XpN0g) : undefined,
    os_version: text(version.ProductVersion),
    imei: imeisOf(cellular.imei, cellular.imeis),
  })
}

/** Reads a property list that should be a dictionary; a damaged one is an empty one. */
async function dictionary(source: Facts, file: SourceFile | undefined): Promise<Partial<PlistDictionary>> {
  if (!file) return {}
  try {
    const value = parsePlist(await contents(source, file))
    return isDictionary(value) ? value : {}
  } catch (error) {
    if (error instanceof AcquisitionError) return {}
    throw error
  }
}

function text(value: PlistValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** IMEIs have been written as one value, as an array, and by slot. */
function imeisOf(...values: (PlistValue | undefined)[]): string[] | undefined {
  const flat = values.flatMap((value) =>
    Array.isArray(value) ? value : isDictionary(value) ? Object.values(value) : [value],
  )
  const imeis = flat.filter((value) => typeof value === 'string' && /^\d{14,16}$/.test(value)) as string[]
  return imeis.length > 0 ? [...new Set(imeis)].sort() : undefined
}

async function contents(source: Facts, file: SourceFile): Promise<Uint8Array> {
  if (file.size !== undefined && file.size > LARGEST) return new Uint8Array(0)
  try {
    const open = await source.open(file)
    try {
      if (open.size > LARGEST) return new Uint8Array(0)
      const bytes = await open.head(open.size)
      source.about.push({ path: file.path, bytes: bytes.length, sha256: hash('sha256', bytes, 'hex') })
      return bytes
    } finally {
      await open.close()
    }
  } catch (error) {
    if (error instanceof AcquisitionError) return new Uint8Array(0)
    throw error
  }
}

function present<T extends Record<string, unknown>>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as never
}
