import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { makeZip } from '../../acquisition/file-system/zip.fixture.ts'
import {
  ANDROID,
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
import { readPackage } from './read-package.ts'
import { bufferReader } from './split-package.ts'
import { TrackerList } from './trackers.ts'

const read = (bytes: Buffer, trackers?: TrackerList) => readPackage(bufferReader(bytes), trackers)
const filter = holding({ name: 'intent-filter' }, named('action', 'org.example.ACTION'))

describe('an Android package', () => {
  it('says what it asks for, with versions and conditions', async () => {
    const found = await read(
      makeApk(
        manifest(
          [
            named('uses-permission', 'android.permission.READ_SMS', { id: ANDROID.maxSdkVersion, value: 22 }),
            named('uses-permission-sdk-23', 'android.permission.CAMERA'),
            named('uses-permission', 'android.permission.CAMERA'),
            named('uses-permission', 'android.permission.CAMERA'),
          ],
          [],
        ),
      ),
    )
    assert.deepEqual(
      [found.package, found.version_name, found.version_code, found.target_sdk, found.label],
      ['org.example.app', '1.4', 7, 30, 'Example'],
    )
    assert.deepEqual(found.permissions, [
      { name: 'android.permission.READ_SMS', max_sdk: 22 },
      { name: 'android.permission.CAMERA', sdk_23: true },
      { name: 'android.permission.CAMERA' },
    ])
    assert.deepEqual(
      found.risks.map(({ name }) => name),
      ['READ_SMS', 'CAMERA'],
    )
  })

  it('is open where Android would have it open', async () => {
    const say = (value: boolean) => ({ id: ANDROID.exported, value })
    const components = [
      named('activity', '.Closed'),
      holding(named('activity', 'Open'), filter),
      holding(named('service', 'other.Said', say(false)), filter),
      named('receiver', '.SaidOpen', say(true)),
      named('provider', '.Provider'),
    ]
    const open = async (target: number) =>
      (await read(makeApk(manifest([], components, target)))).components.map(({ name, exported }) => [name, exported])
    const expected = [
      ['org.example.app.Closed', false],
      ['org.example.app.Open', true],
      ['other.Said', false],
      ['org.example.app.SaidOpen', true],
    ]
    assert.deepEqual(await open(30), [...expected, ['org.example.app.Provider', false]])
    assert.deepEqual(await open(16), [...expected, ['org.example.app.Provider', true]])
    const { problems } = await read(makeApk(manifest([], components, 31)))
    assert.ok(problems.some(({ code, detail }) => code === 'exported_missing' && detail.startsWith('1 ')))
  })

  it('guards its components with the permission of the application, but not its aliases', async () => {
    const root = manifest(
      [],
      [
        named('service', '.S'),
        named('activity-alias', '.A'),
        named('service', '.Own', { id: ANDROID.permission, value: 'p.OWN' }),
      ],
    )
    const application = root.children!.at(-1)!
    const guarded: MadeElement = {
      ...root,
      children: [
        ...root.children!.slice(0, -1),
        { ...application, attributes: [{ id: ANDROID.permission, value: 'p.ALL' }] },
      ],
    }
    const { components } = await read(makeApk(guarded))
    assert.deepEqual(
      components.map(({ permission }) => permission),
      ['p.ALL', undefined, 'p.OWN'],
    )
  })

  it('is the same however its manifest was written', async () => {
    const root = manifest(
      [named('uses-permission', 'android.permission.RECORD_AUDIO')],
      [holding(named('activity', '.A'), filter)],
    )
    const plain = await read(makeApk(root))
    const ways: Lies[] = [{ utf16: true }, { stride: 28 }, { dummy: true }, { type: 0x0010 }]
    for (const lies of ways) {
      const { problems, ...found } = await read(makeApk(root, [], lies))
      assert.deepEqual({ ...found, problems: plain.problems }, plain)
      const odd = problems.some(({ code }) => code === 'manifest_odd')
      assert.equal(odd, lies.dummy === true || lies.type !== undefined, JSON.stringify(lies))
    }
  })

  it('knows attributes by their number: a name beside it that says otherwise is no attribute of Android', async () => {
    const said = named('uses-permission', 'android.permission.RECORD_AUDIO')
    const other: MadeElement = {
      name: 'uses-permission',
      attributes: [{ name: 'name', value: 'android.permission.CAMERA' }],
    }
    const { permissions } = await read(makeApk(manifest([said, other], [])))
    assert.deepEqual(permissions, [{ name: 'android.permission.RECORD_AUDIO' }])
  })

  it('has the label of no language, through the table of resources', async () => {
    const root = manifest([], [])
    const referring: MadeElement = {
      ...root,
      children: [{ name: 'application', attributes: [{ id: ANDROID.label, value: { reference: 0x7f010001 } }] }],
    }
    const table = makeResources({ fr: ['un', 'deux'], '': ['one', 'two'] })
    assert.equal((await read(makeApk(referring, [{ name: 'resources.arsc', data: table }]))).label, 'two')
    assert.equal((await read(makeApk(referring))).label, undefined)
    const damaged = await read(makeApk(referring, [{ name: 'resources.arsc', data: table.subarray(0, 90) }]))
    assert.ok(damaged.problems.some(({ code, file }) => code === 'resources_unreadable' && file === 'resources.arsc'))
  })

  it('lists the folders of its native code', async () => {
    const { native_abis } = await read(
      makeApk(
        manifest([], []),
        ['lib/x86/a.so', 'lib/arm64-v8a/a.so', 'lib/arm64-v8a/b.so', 'lib/readme.so'].map((name) => ({ name })),
      ),
    )
    assert.deepEqual(native_abis, ['arm64-v8a', 'x86'])
  })

  it('names its signers by every scheme of the signing block', async () => {
    const sha256 = createHash('sha256').update(CERTIFICATE).digest('hex')
    const subject = 'O=Example, CN=Example Maker'
    const block = Object.values(SCHEME).map((id) => [id, signer(CERTIFICATE)] as const)
    const padding = [0x42726577, Buffer.alloc(500)] as const
    const { signers, problems } = await read(withSigningBlock(makeApk(manifest([], [])), [padding, ...block]))
    assert.deepEqual(
      signers,
      ['v2', 'v3', 'v3.1'].map((scheme) => ({ scheme, sha256, subject })),
    )
    assert.deepEqual(problems, [])
  })

  it('says that it is signed by nobody, or that its signature cannot be read', async () => {
    const apk = makeApk(manifest([], []))
    assert.deepEqual(
      (await read(apk)).problems.map(({ code }) => code),
      ['not_signed'],
    )
    const cut = withSigningBlock(apk, [[SCHEME.v2, signer(CERTIFICATE).subarray(0, 40)]])
    assert.deepEqual(
      (await read(cut)).problems.map(({ code }) => code),
      ['signature_unreadable', 'not_signed'],
    )
  })
})

describe('trackers in a package', () => {
  const list = (signatures: Record<string, string>) =>
    TrackerList.parse(
      JSON.stringify({
        trackers: Object.fromEntries(
          Object.entries(signatures).map(([name, code_signature]) => [
            name,
            { name, code_signature, categories: ['x'] },
          ]),
        ),
      }),
    )
  const apk = makeApk(manifest([], []), [
    { name: 'classes.dex', data: makeDex(['org.example.Main', 'net.watcher.sdk.Core']) },
    { name: 'classes2.dex', data: makeDex(['com.counter.Ads$Inner']) },
  ])

  it('are found in every file of classes, once each', async () => {
    const { trackers, trackers_checked } = await read(
      apk,
      list({
        Watcher: 'net.watcher.|net.watcher.sdk',
        Counter: 'com\\.counter\\.Ads',
        Absent: 'org.absent',
        Silent: '',
      }),
    )
    assert.deepEqual(trackers, [
      { name: 'Watcher', categories: ['x'], class: 'net.watcher.sdk.Core' },
      { name: 'Counter', categories: ['x'], class: 'com.counter.Ads$Inner' },
    ])
    assert.deepEqual(trackers_checked, { trackers: 4, skipped: 0, classes: 3 })
  })

  it('are not looked for without a list, and classes are not read', async () => {
    const { trackers, trackers_checked } = await read(apk)
    assert.deepEqual([trackers, trackers_checked], [[], undefined])
  })

  it('are not looked for by patterns that could run without end', async () => {
    const hostile = [
      '(a+)+net',
      '(net|net)*x',
      'net.*.*.*sdk',
      '[a-z]+net',
      'net{1,999}',
      'net\\b',
      'net',
      '....',
      '(?=net)',
    ]
    const many = list(Object.fromEntries(hostile.map((one, n) => [`T${n}`, one])))
    const { trackers, trackers_checked } = await read(apk, many)
    assert.deepEqual(trackers, [])
    assert.ok((trackers_checked?.skipped ?? 0) >= hostile.length)
  })

  it('come from a list only that is one', () => {
    for (const text of ['', '[]', '{"trackers": 3}', 'null'])
      assert.throws(() => TrackerList.parse(text), { name: 'PackageError', code: 'BAD_TRACKERS' })
  })

  it('are none of a file of classes that cannot be read, and that is said', async () => {
    const broken = makeApk(manifest([], []), [{ name: 'classes.dex', data: makeDex(['a.B']).subarray(0, 120) }])
    const { problems } = await read(broken, list({ Watcher: 'net.watcher' }))
    assert.ok(problems.some(({ code, file }) => code === 'classes_unreadable' && file === 'classes.dex'))
  })
})

describe('an app in several packages', () => {
  const base = makeApk(manifest([named('uses-permission', 'android.permission.CAMERA')], []))
  const part = (name: string) =>
    makeZip([
      {
        name: 'AndroidManifest.xml',
        data: makeAxml({
          name: 'manifest',
          attributes: [
            { name: 'package', value: 'org.example.app' },
            { name: 'split', value: name },
          ],
        }),
      },
    ])

  for (const [kind, name, method] of [
    ['.apks', 'splits/base-master.apk', 0],
    ['.xapk', 'org.example.app.apk', 8],
    ['.apkm', 'base.apk', 0],
  ] as const)
    it(`${kind}: its base is read, its parts are listed`, async () => {
      const { permissions, splits } = await read(
        makeZip([
          { name: 'config.en.apk', data: part('config.en'), method },
          { name: 'a.apk', data: part('feature'), method },
          { name, data: base, method },
          { name: 'icon.png', data: Buffer.from('x') },
        ]),
      )
      assert.deepEqual(permissions, [{ name: 'android.permission.CAMERA' }])
      assert.deepEqual(splits, ['config.en.apk', 'a.apk'])
    })

  it('is none without its base', async () => {
    await assert.rejects(read(makeZip([{ name: 'config.en.apk', data: part('config.en') }])), { code: 'NOT_A_PACKAGE' })
    const alone = await read(part('config.en'))
    assert.deepEqual([alone.splits, alone.problems.some(({ code }) => code === 'split_alone')], [['config.en'], true])
  })
})
