import assert from 'node:assert/strict'
import { cpSync, globSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { makeTar } from '../src/acquisition/file-system/tar.fixture.ts'
import { makeZip } from '../src/acquisition/file-system/zip.fixture.ts'
import { SAMPLE_KINDS, type SampleKind } from '../src/sample/index.ts'
import { Shell } from './transcript.ts'

// The same bytes and the same authorisation give the same root, on anybody's machine.

/** Surroundings that have misled programs: a day ahead, half an hour aside, a dotless i, no locale at all. */
const SURROUNDINGS: readonly Readonly<Record<string, string>>[] = [
  { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  { TZ: 'America/St_Johns', LC_ALL: 'C', LANG: 'C' },
  { TZ: 'Europe/London', LC_ALL: 'ar_EG.UTF-8', LANG: 'th_TH.UTF-8' },
]

// TODO: android-sms and android-call-log write down the size of a file that was not opened where the source happens to list it.

describe('the same bytes and the same authorisation give the same root', () => {
  const shell = new Shell({ TZ: 'UTC', LC_ALL: 'en_GB.UTF-8' })
  let extracts = 0
  before(() => {
    for (const command of [
      'peel keygen --out requester.pem > trust.txt; peel keygen --out authoriser.pem >> trust.txt',
      'peel keygen --age --out officer.txt > recipient.txt',
      // For any device, with more in it than the example asks for: every condition is at work.
      `sed '/  serial:/d; s/context: 2/context: 3/; s/riverside, car park/kino, car park/' "$DOCS/examples/authorisation.yaml" > authorisation.yaml`,
      'peel authorise authorisation.yaml --requester requester.pem --authoriser authoriser.pem --out signed.dsse.json',
    ])
      assert.equal(shell.run(command).exit, 0, command)
  })
  after(() => shell.close())

  /** Extracts, and gives what has to be the same every time. `here` is the folder in which the command is typed. */
  function rootOf(source: string, how: { env?: Record<string, string>; here?: string; password?: string } = {}) {
    const at = shell.folder
    const out = join(at, `${++extracts}.peel`)
    const { stdout, stderr, exit } = shell.run(
      [
        `cd '${how.here ?? at}' && peel extract '${source}' --authorisation '${at}/signed.dsse.json' --trust '${at}/trust.txt'`,
        `--recipient '${at}/recipient.txt' --out '${out}' --json`,
        how.password === undefined ? '' : `--password-file '${how.password}'`,
      ].join(' '),
      how.env,
    )
    assert.equal(exit, 0, stderr)
    const { root, records, problems } = JSON.parse(stdout) as Record<string, unknown>
    const manifest = JSON.parse(readFileSync(join(out, 'manifest.dsse.json'), 'utf8')) as { payload: string }
    const { predicate } = JSON.parse(Buffer.from(manifest.payload, 'base64').toString()) as Manifest
    return { root, records, problems, clauses: predicate.clauses, taken: predicate.files.taken }
  }

  for (const kind of SAMPLE_KINDS)
    describe(`of ${kind}`, () => {
      const phone = () => join(shell.folder, kind, kind === 'android-backup' ? 'phone.ab' : 'phone')
      const password = () => (kind === 'ios-backup-encrypted' ? join(shell.folder, kind, 'password.txt') : undefined)
      let expected: ReturnType<typeof rootOf>
      before(() => {
        assert.equal(shell.run(`peel sample ${kind} ${kind}`).exit, 0)
        expected = rootOf(phone(), { password: password() })
        assert.ok(expected.taken.count > 0)
      })

      for (const env of SURROUNDINGS)
        it(`with ${Object.values(env).join(', ')}`, () => {
          const TMPDIR = join(shell.folder, `tmp ${env['LC_ALL']}`)
          mkdirSync(TMPDIR, { recursive: true })
          assert.deepEqual(rootOf(phone(), { env: { ...env, TMPDIR }, password: password() }), expected)
        })

      it('from another working folder, by a relative path', () => {
        const elsewhere = join(shell.folder, 'elsewhere', kind)
        mkdirSync(elsewhere, { recursive: true })
        const path = join('..', '..', kind, kind === 'android-backup' ? 'phone.ab' : 'phone')
        assert.deepEqual(rootOf(path, { here: elsewhere, password: password() }), expected)
      })

      it('made again from the same seed', () => {
        const again = `${kind} again`
        assert.equal(shell.run(`peel sample ${kind} '${again}'`).exit, 0)
        const made = join(shell.folder, again, kind === 'android-backup' ? 'phone.ab' : 'phone')
        assert.deepEqual(rootOf(made, { password: password() }), expected)
      })

      if (kind !== 'android-backup')
        it('copied in another order, at another time, under another name', () => {
          const copy = join(shell.folder, `${kind} copied`)
          copyBackwards(phone(), copy)
          assert.deepEqual(rootOf(copy, { password: password() }), expected)
        })

      if (isTree(kind))
        for (const wrapping of ['zip', 'zip, backwards', 'tar', 'tar, backwards', 'tar.gz'])
          it(`wrapped as ${wrapping}`, () => {
            const name = `${kind} ${wrapping.replace(', ', '-')}.${wrapping.split(',')[0]}`
            wrap(phone(), join(shell.folder, name), wrapping)
            if (wrapping === 'tar.gz') shell.run(`mv '${name}' x.tar && gzip -c x.tar > '${name}'`)
            assert.deepEqual(rootOf(name), expected)
          })
    })
})

interface Manifest {
  readonly predicate: {
    readonly clauses: Readonly<Record<string, number>>
    readonly files: { readonly taken: { readonly count: number; readonly bytes: number; readonly root: string } }
  }
}

/** The phones whose files have the same paths however they are wrapped. */
function isTree(kind: SampleKind): boolean {
  return kind === 'ios-files' || kind === 'android-files'
}

function filesIn(folder: string): string[] {
  return globSync('**', { cwd: folder })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
}

function copyBackwards(from: string, to: string): void {
  for (const path of filesIn(from).reverse()) {
    mkdirSync(dirname(join(to, path)), { recursive: true })
    cpSync(join(from, path), join(to, path))
    utimesSync(join(to, path), 1, 2)
  }
}

function wrap(folder: string, archive: string, how: string): void {
  const paths = how.endsWith('backwards') ? filesIn(folder).reverse() : filesIn(folder)
  const entries = paths.map((name) => ({ name, data: readFileSync(join(folder, name)), long: 'pax' as const }))
  writeFileSync(archive, how.startsWith('zip') ? makeZip(entries) : makeTar(entries))
}
