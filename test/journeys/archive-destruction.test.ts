import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { anArchive } from '../../src/actions/archive/an-archive.fixture.ts'
import { sampledToTheEnd } from '../../src/actions/archive/batch/a-batch.fixture.ts'
import { journey } from './browser.ts'
import type { Person } from './person.ts'

/** Sends a form that comes back with what is wrong in it. */
async function isSentBack(person: Person, button: string): Promise<void> {
  await person.refused(async () => {
    await person.press(button)
    await person.sees('There is a problem')
  })
}

const REASONS = 'Nothing ties them to a case, an operation or a hold, and nobody needs them.'

test('E14, H14: recordings are proposed by one, approved by another, destroyed, and what proves it is taken away', async (t) => {
  const at = await journey(t, 'archive-destruction')
  if (at === undefined) return
  const archive = await anArchive(at.service, { recordings: 200 })
  const kit = await at.person('rec300')
  await kit.follow('Recordings')
  await kit.follow('Recordings of the negotiators')
  await kit.follow('Propose and decide destruction')
  await kit.at('Destruction of recordings')
  await kit.sees('Nothing has been proposed for destruction yet.')
  await kit.press('Propose a batch')
  await kit.provesWhoTheyAre()
  await kit.at('Propose the destruction of recordings')
  await kit.sees('First a sample of the recordings that are tied to nothing must be looked at')
  await sampledToTheEnd(archive.ops, archive.id)

  await kit.open(`/archives/${archive.id}/batches/new`)
  await kit.at('Propose the destruction of recordings')
  await isSentBack(kit, 'Propose their destruction')
  await kit.at('Propose the destruction of recordings')
  await kit.choose('Those of some phones or months')
  await kit.type('Which phones?', 'twelve')
  await kit.type('Why are they to be destroyed?', REASONS)
  await isSentBack(kit, 'Propose their destruction')
  await kit.at('Propose the destruction of recordings')
  await kit.sees('Enter phones by their numbers in the archive, such as 1, 2, 12')
  await kit.type('Which phones?', '1')
  await kit.press('Propose their destruction')
  await kit.at(/^Destruction of \d+ recording/)
  await kit.sees('You proposed this, so somebody else decides on it.')
  assert.equal(await kit.page.getByRole('button', { name: 'Approve' }).count(), 0)
  await kit.open(`/archives/${archive.id}/batches/new`)
  await kit.at('Propose the destruction of recordings', { looking: false })
  await kit.choose('All of them')
  await kit.type('Why are they to be destroyed?', REASONS)
  await kit.press('Propose their destruction')
  await kit.at(/^Destruction of \d+ recordings/)
  const batch = new URL(kit.page.url()).pathname

  const moss = await at.person('iao310')
  await moss.open('/')
  await moss.at('Waiting for you')
  await moss.follow(/^Decide on the destruction of \d+ recordings? of “Recordings of the negotiators”$/)
  await moss.provesWhoTheyAre()
  await moss.at(/^Destruction of \d+ recording/)
  await isSentBack(moss, 'Refuse')
  await moss.at(/^Destruction of \d+ recording/)
  await moss.sees('Enter why you refuse')
  await moss.type('Why do you refuse?', 'Wait until the clouds were looked at.')
  await moss.press('Refuse')
  await moss.at(/^Destruction of \d+ recording/)
  await moss.sees('The destruction is refused. Every recording stays.')

  await moss.open(batch)
  await moss.at(/^Destruction of \d+ recordings/)
  await moss.sees(REASONS)
  await moss.sees('was wrong. All that are tied to nothing were looked at.')
  await isSentBack(moss, 'Approve their destruction')
  await moss.at(/^Destruction of \d+ recordings/)
  await moss.sees('Tick that you have looked at these figures')
  await moss.tick(/^I have looked at these figures/)
  await moss.press('Approve their destruction')
  await moss.at(/^Destruction of \d+ recordings/)
  await moss.sees('Everything is matched again first.')
  await at.worker()
  await moss.at('Certificate of destruction')
  await moss.sees('No number, no name and no path is in any of these.')

  await t.test('the files are checked with OpenSSL', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'peel-journey-certificate-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const files = [
      ['Certificate to read and print (PDF)', 'certificate.pdf'],
      ['Certificate as it was signed (JSON)', 'certificate.json'],
      ['Signature (64 bytes, Ed25519)', 'certificate.sig'],
      ['Public key of this installation (PEM)', 'installation-key.pem'],
      ['One line for each recording (NDJSON)', 'leaves.ndjson'],
    ] as const
    for (const [label, name] of files) {
      const download = await moss.download(() => moss.page.getByRole('link', { name: label }).click())
      assert.equal(download.suggestedFilename(), name)
      await download.saveAs(join(folder, name))
    }
    const words =
      'pkeyutl -verify -rawin -pubin -inkey installation-key.pem -in certificate.json -sigfile certificate.sig'
    const run = spawnSync('openssl', words.split(' '), { cwd: folder, encoding: 'utf8' })
    if (run.error !== undefined) return t.skip('not installed: openssl')
    assert.match(run.stdout, /Signature Verified Successfully/)
    return undefined
  })

  const nia = await at.person('dpo400')
  await nia.open(`/archives/${archive.id}/batches`)
  await nia.at('Destruction of recordings')
  await nia.sees('Destroyed')
  await nia.sees('Refused')
})
