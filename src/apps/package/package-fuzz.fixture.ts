import fc from 'fast-check'
import { makeZip } from '../../acquisition/file-system/zip.fixture.ts'
import {
  CERTIFICATE,
  holding,
  makeApk,
  makeDex,
  makeResources,
  manifest,
  named,
  SCHEME,
  signer,
  withSigningBlock,
} from './apk.fixture.ts'
import { type Lies, type MadeElement, makeAxml } from './axml.fixture.ts'
import { PackageError } from './errors.ts'
import { readPackage } from './read-package.ts'
import { bufferReader } from './split-package.ts'
import { TrackerList } from './trackers.ts'

const trackers = TrackerList.parse(
  JSON.stringify({ trackers: { 1: { name: 'Watcher', code_signature: 'net.watcher.', categories: [] } } }),
)

/** Bytes of the parts, of which some are changed and some cut off. */
const spoiled = (bytes: Buffer) =>
  fc
    .record({
      cut: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true })),
      changes: fc.array(
        fc.record({
          place: fc.double({ min: 0, max: 0.999, noNaN: true }),
          value: fc.constantFrom(0, 1, 3, 8, 0x7f, 0x80, 0xff),
        }),
        { maxLength: 6 },
      ),
    })
    .map(({ cut, changes }) => {
      const copy = Buffer.from(bytes.subarray(0, Math.ceil(bytes.length * cut)))
      for (const { place, value } of changes) if (copy.length > 0) copy[Math.floor(place * copy.length)] = value
      return copy
    })

const elementOf = (depth: number): fc.Arbitrary<MadeElement> =>
  fc.record({
    name: fc.constantFrom(
      'application',
      'service',
      'activity',
      'provider',
      'intent-filter',
      'action',
      'uses-permission',
      'uses-sdk',
      'queries',
      'intent',
    ),
    attributes: fc.array(
      fc.record({
        id: fc.constantFrom(undefined, 0x01010001, 0x01010003, 0x01010006, 0x01010010, 0x01010270, 0x01010527),
        name: fc.constantFrom('package', 'split', ''),
        value: fc.oneof(
          fc.string({ maxLength: 20 }),
          fc.constantFrom('android.permission.RECORD_AUDIO', '.S', 'res/x.xml'),
          fc.boolean(),
          fc.integer(),
          fc.constantFrom(0x7f010000, 0x7f010001, 0x01010000, 0xffffffff).map((reference) => ({ reference })),
        ),
      }),
      { maxLength: 3 },
    ),
    children: depth === 0 ? fc.constant([]) : fc.array(elementOf(depth - 1), { maxLength: 3 }),
  })
const element = elementOf(4)

const lies: fc.Arbitrary<Lies> = fc.record(
  {
    utf16: fc.boolean(),
    type: fc.nat(0xffff),
    strings: fc.nat(100),
    dummy: fc.boolean(),
    stride: fc.nat(40),
    unclosed: fc.boolean(),
  },
  { requiredKeys: [] },
)

const sample = manifest(
  [named('uses-permission', 'android.permission.RECORD_AUDIO')],
  [holding(named('service', '.S'), holding({ name: 'intent-filter' }, named('action', 'a.B')))],
)
const resources = makeResources({ '': ['one', 'two'], fr: ['un', 'deux'] })
const dex = makeDex(['org.example.Main', 'net.watcher.Core'])
const plist = Buffer.from(
  '<plist version="1.0"><dict><key>CFBundleIdentifier</key><string>org.example.app</string></dict></plist>',
)

const apks = fc
  .record({
    axml: fc.oneof(
      spoiled(makeAxml(sample)),
      spoiled(makeAxml(sample, { utf16: true })),
      fc
        .tuple(fc.array(element, { maxLength: 4 }), lies)
        .map(([elements, lies]) => makeAxml({ ...sample, children: elements }, lies)),
    ),
    resources: spoiled(resources),
    dex: spoiled(dex),
    block: spoiled(signer(CERTIFICATE)),
    certificate: spoiled(CERTIFICATE),
  })
  .map((parts) =>
    withSigningBlock(
      makeZip([
        { name: 'AndroidManifest.xml', data: parts.axml },
        { name: 'resources.arsc', data: parts.resources },
        { name: 'classes.dex', data: parts.dex },
        { name: 'META-INF/A.SF' },
        { name: 'META-INF/A.EC', data: parts.certificate },
      ]),
      [
        [SCHEME.v2, parts.block],
        [SCHEME.v3, signer(parts.certificate)],
      ],
    ),
  )

const ipas = fc.tuple(spoiled(plist), spoiled(CERTIFICATE), spoiled(plist)).map(([info, profile, privacy]) =>
  makeZip([
    { name: 'Payload/A.app/Info.plist', data: info },
    { name: 'Payload/A.app/embedded.mobileprovision', data: profile },
    { name: 'Payload/A.app/PrivacyInfo.xcprivacy', data: privacy },
  ]),
)

const apk = withSigningBlock(makeApk(sample, [{ name: 'classes.dex', data: dex }]), [[SCHEME.v2, signer(CERTIFICATE)]])

/** Packages of which any part may say something untrue. */
const packages = fc.oneof(
  apks,
  ipas,
  spoiled(apk),
  spoiled(makeZip([{ name: 'base.apk', data: apk, method: 0 }])),
  fc.oneof(apks, ipas).chain(spoiled),
)

/** Throws packages at the reader, which gives them or refuses them with a code: short runs in unit tests, long ones from `fuzz/`. */
export async function fuzzPackages(options: fc.Parameters<[Buffer]>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(packages, async (bytes) => {
      try {
        const found = await readPackage(bufferReader(bytes), trackers)
        if (found.package === '') throw new Error('a package without a name')
        JSON.stringify(found)
      } catch (error) {
        if (!(error instanceof PackageError)) throw error
      }
    }),
    options,
  )
}
