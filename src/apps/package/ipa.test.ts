import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { type MadeEntry, makeZip } from '../../acquisition/file-system/zip.fixture.ts'
import { CERTIFICATE } from './apk.fixture.ts'
import { temporaryFolder } from './packages.fixture.ts'
import { readPackage } from './read-package.ts'
import { bufferReader } from './split-package.ts'

const plist = (inner: string) => Buffer.from(`<?xml version="1.0"?><plist version="1.0"><dict>${inner}</dict></plist>`)
const text = (key: string, value: string) => `<key>${key}</key><string>${value}</string>`
const INFO = [
  text('CFBundleIdentifier', 'org.example.phone'),
  text('CFBundleShortVersionString', '2.1'),
  text('CFBundleVersion', '2.1.7'),
  text('CFBundleDisplayName', 'Example'),
  text('MinimumOSVersion', '16.0'),
  text('NSMicrophoneUsageDescription', 'To hear you'),
  text('NSContactsUsageDescription', 'To find friends'),
  '<key>NSAppTransportSecurity</key><dict><key>NSExceptionDomains</key><dict><key>x.example</key><dict><key>NSExceptionAllowsInsecureHTTPLoads</key><true/></dict></dict></dict>',
].join('')
const read = (more: readonly MadeEntry[] = [], info = INFO) =>
  readPackage(bufferReader(makeZip([{ name: 'Payload/A.app/Info.plist', data: plist(info) }, ...more])))

describe('an iPhone app', () => {
  it('says what it asks its user for, and what it tells them', async () => {
    const found = await read()
    assert.deepEqual(
      [found.platform, found.package, found.version_name, found.version_code, found.label, found.min_sdk],
      ['ios', 'org.example.phone', '2.1', '2.1.7', 'Example', '16.0'],
    )
    assert.deepEqual(found.permissions, [
      { name: 'NSMicrophoneUsageDescription', usage: 'To hear you' },
      { name: 'NSContactsUsageDescription', usage: 'To find friends' },
    ])
    assert.equal(found.call_recorder.grade, 'C')
    assert.equal(found.flags.cleartext, true)
    assert.deepEqual(
      found.risks.map(({ may }) => may),
      ['listen through the microphone', 'read the address book'],
    )
  })

  it('says what its privacy manifest says', async () => {
    const data = plist(
      `<key>NSPrivacyTracking</key><true/><key>NSPrivacyTrackingDomains</key><array><string>watch.example</string></array>
      <key>NSPrivacyCollectedDataTypes</key><array><dict>${text('NSPrivacyCollectedDataType', 'NSPrivacyCollectedDataTypeName')}</dict></array>
      <key>NSPrivacyAccessedAPITypes</key><array><dict>${text('NSPrivacyAccessedAPIType', 'NSPrivacyAccessedAPICategoryUserDefaults')}</dict></array>`,
    )
    const { ios } = await read([{ name: 'Payload/A.app/PrivacyInfo.xcprivacy', data }])
    assert.deepEqual(ios?.privacy, {
      tracking: true,
      tracking_domains: ['watch.example'],
      collected: ['NSPrivacyCollectedDataTypeName'],
      accessed_apis: ['NSPrivacyAccessedAPICategoryUserDefaults'],
    })
  })

  const withoutOpenssl =
    spawnSync('openssl', ['version']).error !== undefined &&
    !process.env['PEEL_REQUIRE_TOOLS'] &&
    'not installed: openssl'

  for (const way of [[], ['-stream', '-indef']])
    it(`has the entitlements of a profile that openssl signed${way.length > 0 ? ', of open length' : ''}`, {
      skip: withoutOpenssl,
    }, async () => {
      const folder = temporaryFolder()
      const at = (name: string) => join(folder, name)
      const profile = plist(
        `<key>Entitlements</key><dict>${text('application-identifier', 'T.org.example.phone')}<key>get-task-allow</key><true/></dict>
        <key>DeveloperCertificates</key><array><data>${CERTIFICATE.toString('base64')}</data></array>`,
      )
      writeFileSync(at('profile'), profile)
      execFileSync(
        'openssl',
        ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=x', '-keyout', at('key'), '-out', at('cert')],
        { stdio: 'ignore' },
      )
      execFileSync('openssl', [
        'cms',
        '-sign',
        '-nodetach',
        '-binary',
        ...way,
        '-in',
        at('profile'),
        '-signer',
        at('cert'),
        '-inkey',
        at('key'),
        '-outform',
        'DER',
        '-out',
        at('signed'),
      ])
      const { ios, signers, problems } = await read([
        { name: 'Payload/A.app/embedded.mobileprovision', data: readFileSync(at('signed')) },
      ])
      assert.deepEqual(ios?.entitlements, { 'application-identifier': 'T.org.example.phone', 'get-task-allow': true })
      assert.deepEqual(
        signers.map(({ scheme, sha256 }) => [scheme, sha256]),
        [['provisioning-profile', createHash('sha256').update(CERTIFICATE).digest('hex')]],
      )
      assert.deepEqual(problems, [])
    })

  it('is read although its profile or its privacy manifest cannot be', async () => {
    const { problems } = await read(
      ['embedded.mobileprovision', 'PrivacyInfo.xcprivacy'].map((name) => ({
        name: `Payload/A.app/${name}`,
        data: Buffer.from('no'),
      })),
    )
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['profile_unreadable', 'privacy_unreadable'],
    )
  })

  it('is refused where it names no app, or there are two', async () => {
    await assert.rejects(read([], text('CFBundleName', 'x')), { code: 'DAMAGED' })
    await assert.rejects(read([{ name: 'Payload/B.app/Info.plist', data: plist(INFO) }]), { code: 'DAMAGED' })
  })
})
