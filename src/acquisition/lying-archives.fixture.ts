import fc from 'fast-check'
import { makeAndroidBackup } from './android-backup/android-backup.fixture.ts'
import { makeTar } from './file-system/tar.fixture.ts'
import { makeZip } from './file-system/zip.fixture.ts'

const name = fc.oneof(
  fc.string({ maxLength: 120, unit: 'binary' }),
  fc.constantFrom('a', 'a/b', '../a', '/a', 'C:\\a', 'system/build.prop', './a//b', 'n/'.repeat(3_000)),
)
const content = fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes))
const odd = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 })

const zips = fc.array(
  fc.record({
    name,
    data: content,
    method: fc.constantFrom(0, 8, 8, 9, 99),
    localName: odd(name),
    flags: fc.constantFrom(0, 0, 1, 8, 0x800),
    declaredSize: odd(fc.nat(5_000)),
    mode: fc.constantFrom(0o100644, 0o120777, 0o040755, 0),
    descriptor: fc.boolean(),
    zip64: fc.boolean(),
    at: odd(fc.nat(3_000)),
  }),
  { maxLength: 6 },
)
const tars = fc.array(
  fc.record({
    name,
    data: content,
    type: fc.constantFrom('0', '0', '0', '1', '2', '5', '7', 'x', 'g', 'L', 'K', 'S', 'Z'),
    size: odd(fc.oneof(fc.nat(5_000), fc.nat(2 ** 31 - 1), fc.constant(2 ** 53))),
    long: odd(fc.constantFrom('pax' as const, 'gnu' as const)),
    pax: odd(
      fc.dictionary(fc.constantFrom('size', 'path', 'GNU.sparse.size', 'x'), fc.string(), { noNullPrototype: true }),
    ),
  }),
  { maxLength: 6 },
)

/** Zips, tars and Android backups whose every field may say something untrue. */
export const lyingArchive: fc.Arbitrary<Buffer> = fc.oneof(
  zips.map((entries) => makeZip(entries)),
  tars.map((members) => makeTar(members)),
  tars.map((members) => makeAndroidBackup(makeTar(members))),
)
