import { gzipSync } from 'node:zlib'
import { makeAndroidBackup } from './android-backup/android-backup.fixture.ts'
import { makeTar } from './file-system/tar.fixture.ts'
import { makeZip } from './file-system/zip.fixture.ts'

/** One small, sound archive of every kind, with something of everything in it, to be spoilt. */
export function sampleArchives(): Readonly<Record<string, { bytes: Buffer; password?: string }>> {
  const text = Buffer.from('the quick brown fox '.repeat(40))
  const noise = Buffer.from(Array.from({ length: 3_000 }, (_, index) => (index * index * 7) >> 3))
  const long = `apps/com.example/f/${'folder/'.repeat(20)}file`
  const tar = makeTar([
    { name: 'apps/com.example/db/a.db', data: text },
    { name: long, long: 'pax', data: noise },
    { name: `${long}2`, long: 'gnu', data: text },
    { name: 'apps/com.example/link', type: '2' },
    { name: 'system/build.prop', data: Buffer.from('ro.product.model=Example\n') },
  ])
  const zip = makeZip([
    { name: '/private/var/mobile/a.db', data: text },
    { name: 'b', data: noise, method: 0 },
    { name: 'c', data: text, zip64: true },
    { name: 'd', data: noise, descriptor: true },
    { name: 'folder/' },
    { name: 'system/build.prop', data: Buffer.from('ro.product.model=Example\n') },
  ])
  const password = 'correct horse'
  return {
    zip: { bytes: zip },
    tar: { bytes: tar },
    'tar in gzip': { bytes: gzipSync(tar) },
    'plain Android backup': { bytes: makeAndroidBackup(tar, { compressed: false }) },
    'compressed Android backup': { bytes: makeAndroidBackup(tar) },
    'encrypted Android backup': { bytes: makeAndroidBackup(tar, { password, rounds: 2, version: 1 }), password },
  }
}
