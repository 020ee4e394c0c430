import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import { inspectPackage } from './inspect-package.ts'
import type { Grade } from './package.ts'
import { FRAMEWORK, REAL_PACKAGES, temporaryFolder, withoutAapt } from './packages.fixture.ts'
import { readPackage } from './read-package.ts'
import { bufferReader } from './split-package.ts'

// Android's own tool as judge: what it compiles is read, and what it reads is read alike.

const aapt = async (...words: string[]) => (await promisify(execFile)('aapt', words, { maxBuffer: 1 << 26 })).stdout
const folder = temporaryFolder()

/** Compiles a manifest into a package. */
async function compiled(name: string, text: string): Promise<Buffer> {
  const place = join(folder, name)
  mkdirSync(place)
  writeFileSync(join(place, 'AndroidManifest.xml'), text)
  await aapt('package', '-M', join(place, 'AndroidManifest.xml'), '-I', FRAMEWORK, '-F', join(place, 'out.apk'))
  return readFileSync(join(place, 'out.apk'))
}

const PERMISSIONS = [
  'RECORD_AUDIO',
  'CAPTURE_AUDIO_OUTPUT',
  'READ_PHONE_STATE',
  'READ_CALL_LOG',
  'PROCESS_OUTGOING_CALLS',
  'CONTROL_INCALL_EXPERIENCE',
  'ANSWER_PHONE_CALLS',
] as const
const SERVICES = ['BIND_INCALL_SERVICE', 'BIND_ACCESSIBILITY_SERVICE'] as const

/** The rule, as it is written in the design and not as the code has it. */
function expected(has: ReadonlySet<string>): Grade {
  if (has.has('CAPTURE_AUDIO_OUTPUT')) return 'A'
  if (!has.has('RECORD_AUDIO')) return 'none'
  if (has.has('BIND_INCALL_SERVICE')) return 'A'
  return has.size > 1 ? 'B' : 'C'
}

describe('packages that aapt compiles', { skip: withoutAapt }, () => {
  it('are graded exactly, for every combination of permissions and services of the rule', {
    timeout: 400_000,
  }, async () => {
    const parts = [...PERMISSIONS, ...SERVICES]
    const combinations = Array.from({ length: 1 << parts.length }, (_, bits) => parts.filter((_, n) => (bits >> n) & 1))
    const graded = new Map<Grade, number>()
    let next = 0
    const some = async () => {
      for (let at = next++; at < combinations.length; at = next++) {
        const has = new Set<string>(combinations[at])
        const asked = PERMISSIONS.filter((one) => has.has(one)).map(
          (one) => `<uses-permission android:name="android.permission.${one}"/>`,
        )
        const services = SERVICES.filter((one) => has.has(one)).map(
          (one) => `<service android:name=".${one}" android:permission="android.permission.${one}"/>`,
        )
        const bytes = await compiled(
          `matrix-${at}`,
          `<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="org.example.matrix">
            ${asked.join('')}<application>${services.join('')}</application></manifest>`,
        )
        const { call_recorder: recorder } = await readPackage(bufferReader(bytes))
        assert.equal(recorder.grade, expected(has), [...has].join(' '))
        assert.equal(recorder.reasons.length > 0, recorder.grade !== 'none', [...has].join(' '))
        graded.set(recorder.grade, (graded.get(recorder.grade) ?? 0) + 1)
      }
    }
    await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, some))
    assert.deepEqual(Object.fromEntries(graded), { none: 128, C: 1, B: 63, A: 320 })
  })

  it('say the same of themselves to aapt and to us', async () => {
    const bytes = await compiled(
      'whole',
      `<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="org.example.whole"
          android:versionCode="-1" android:versionName="2 &#233;">
        <uses-sdk android:minSdkVersion="19" android:targetSdkVersion="R"/>
        <uses-permission android:name="android.permission.READ_SMS" android:maxSdkVersion="22"/>
        <uses-permission-sdk-23 android:name="android.permission.READ_CONTACTS"/>
        <queries><package android:name="com.nll.cb"/><intent><action android:name="org.example.ASK"/></intent>
          <provider android:name="x" android:authorities="org.example.p"/></queries>
        <application android:label="A 'label'" android:debuggable="true" android:usesCleartextTraffic="false">
          <activity android:name=".Main"><intent-filter><action android:name="org.example.GO"/></intent-filter></activity>
        </application></manifest>`,
    )
    const found = await readPackage(bufferReader(bytes))
    assert.deepEqual(await ofAapt(join(folder, 'whole', 'out.apk')), {
      package: 'org.example.whole',
      version_name: '2 é',
      min_sdk: '19',
      target_sdk: 'R',
      permissions: ['android.permission.READ_SMS ≤22', 'android.permission.READ_CONTACTS ≥23'],
    })
    assert.deepEqual(ofOurs(found), await ofAapt(join(folder, 'whole', 'out.apk')))
    assert.deepEqual(found.queries, {
      packages: ['com.nll.cb'],
      actions: ['org.example.ASK'],
      authorities: ['org.example.p'],
    })
    assert.deepEqual(
      [found.label, found.version_code, found.flags],
      ["A 'label'", 2 ** 32 - 1, { allow_backup: true, debuggable: true, cleartext: false }],
    )
    assert.deepEqual(
      found.call_recorder.reasons.map(({ code }) => code),
      ['queries_known_recorder'],
    )
  })
})

/** The samples, and what every Android is: the largest manifest and the largest table of resources that there is. */
const PACKAGES = [...REAL_PACKAGES, ...(existsSync(FRAMEWORK) ? [{ name: 'framework-res.apk', path: FRAMEWORK }] : [])]

describe('real packages', { skip: REAL_PACKAGES.length === 0 && 'the samples are not here' }, () => {
  for (const { name, path } of PACKAGES)
    it(`${name}: aapt says the same of name, versions, label and permissions`, { skip: withoutAapt }, async () => {
      const found = await inspectPackage(path)
      assert.deepEqual(ofOurs(found), await ofAapt(path))
      assert.equal(found.label, /^application-label:'(.*)'$/m.exec(await aapt('dump', 'badging', path))?.[1])
    })

  for (const { name, path } of PACKAGES)
    it(`${name}: aapt finds the same components, and those open that say so`, { skip: withoutAapt }, async () => {
      const tree = await aapt('dump', 'xmltree', path, 'AndroidManifest.xml')
      const { components, package: owner } = await inspectPackage(path)
      const theirs = componentsOf(tree).map((one) => ({
        ...one,
        name: one.name.startsWith('.') ? owner + one.name : one.name,
      }))
      assert.deepEqual(
        components.map(({ kind, name }) => ({ kind, name: name.includes('.') ? name : `${owner}.${name}` })),
        theirs.map(({ kind, name }) => ({ kind, name: name.includes('.') ? name : `${owner}.${name}` })),
      )
      for (const [index, { exported, filtered }] of theirs.entries())
        assert.equal(components[index]?.exported, exported ?? filtered, theirs[index]?.name ?? '')
    })

  it('are signed by those whom keytool names', async () => {
    const signers = Object.fromEntries(
      await Promise.all(
        REAL_PACKAGES.map(
          async ({ name, path }) =>
            [
              name,
              (await inspectPackage(path)).signers.map(({ scheme, sha256 }) => `${scheme} ${sha256.slice(0, 16)}`),
            ] as const,
        ),
      ),
    )
    assert.deepEqual(signers, {
      'TestActivity.apk': ['v1 6f5c31608f1f9e28'],
      'a2dp.Vol_137.apk': ['v1 1e3bf46f964d494c'],
      'souch.smsbypass_9.apk': ['v1 d3aec784b1fd7154'],
    })
  })
})

type Facts = Record<string, unknown>

/** Of `aapt dump badging`: what is asked for, and not what follows from it. */
async function ofAapt(path: string): Promise<Facts> {
  const text = await aapt('dump', 'badging', path)
  const line = (pattern: RegExp) => pattern.exec(text)?.[1]
  const [asked = ''] = text.split('application:')
  return {
    package: line(/^package: name='([^']*)'/m),
    version_name: line(/^package: .*?versionName='([^']*)'/m),
    min_sdk: line(/^sdkVersion:'([^']*)'/m),
    target_sdk: line(/^targetSdkVersion:'([^']*)'/m),
    permissions: [...asked.matchAll(/^uses-permission(-sdk-23)?: name='([^']*)'(?: maxSdkVersion='(\d+)')?/gm)].map(
      ([, from23, name, most]) => `${name}${most ? ` ≤${most}` : ''}${from23 ? ' ≥23' : ''}`,
    ),
  }
}

function ofOurs(found: Awaited<ReturnType<typeof inspectPackage>>): Facts {
  return {
    package: found.package,
    version_name: found.version_name,
    min_sdk: String(found.min_sdk),
    target_sdk: String(found.target_sdk),
    permissions: found.permissions.map(
      ({ name, max_sdk: most, sdk_23: from23 }) => `${name}${most ? ` ≤${most}` : ''}${from23 ? ' ≥23' : ''}`,
    ),
  }
}

interface TheirComponent {
  kind: string
  name: string
  exported?: boolean
  filtered: boolean
}

/** Of `aapt dump xmltree`, whose indentation says what is in what. */
function componentsOf(tree: string): TheirComponent[] {
  const found: TheirComponent[] = []
  let depth = 0
  for (const line of tree.split('\n')) {
    const element = /^( *)E: ([\w-]+)/.exec(line)
    if (element) {
      const [, indent = '', kind = ''] = element
      const last = found.at(-1)
      if (/^(activity|activity-alias|service|receiver|provider)$/.test(kind)) {
        depth = indent.length
        found.push({ kind, name: '', filtered: false })
      } else if (indent.length <= depth) depth = Number.POSITIVE_INFINITY
      else if (kind === 'intent-filter' && last) last.filtered = true
      continue
    }
    const attribute = /^( *)A: android:(name|exported)\(0x[0-9a-f]+\)=(?:"([^"]*)"|\(type 0x12\)0x([0-9a-f]+))/.exec(
      line,
    )
    const [, indent = '', name, text, flag] = attribute ?? []
    const last = found.at(-1)
    if (!attribute || !last || indent.length !== depth + 2) continue
    if (name === 'name') last.name = text ?? ''
    else last.exported = Number.parseInt(flag ?? '0', 16) !== 0
  }
  return found
}
