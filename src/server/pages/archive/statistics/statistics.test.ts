import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { anArchive } from '../../../../actions/archive/an-archive.fixture.ts'
import { withArchiveKeys } from '../../../../actions/archive/details.ts'
import { openedItems } from '../../../../actions/archive/opened-items.ts'
import { testService } from '../../../test-service.fixture.ts'
import { boundWords } from '../sample/bound-words.ts'

test('E17: neither page nor table nor paper holds a number, a name, a path or the id of a phone', async (t) => {
  const service = await testService(t)
  const { id, ops } = await anArchive(service)
  const nia = await service.as('dpo400')
  const [page, table, paper] = await Promise.all(
    ['', '.csv', '.pdf'].map((kind) => nia.get(`/archives/${id}/statistics${kind}`)),
  )
  assert(page && table && paper)
  assert.deepEqual([page.statusCode, table.statusCode, paper.statusCode], [200, 200, 200])
  assert.equal(table.headers['cache-control'], 'no-store')
  const written = spawnSync('pdftotext', ['-', '-'], { input: paper.rawPayload, encoding: 'utf8' })
  const said = [page.body, table.body, ...(written.error === undefined ? [written.stdout] : [])]
  if (written.error === undefined) assert.match(written.stdout, /What was found/)
  else t.diagnostic('not installed: pdftotext')
  const secrets = new Set<string>()
  await withArchiveKeys(ops, { id, generation: 1 }, async (keys) => {
    for await (const rows of openedItems(ops.store.db, keys))
      for (const { details } of rows) {
        const { path, device, facts, named } = details
        for (const one of [path, device, named?.contact, ...(facts?.numbers ?? []), ...(facts?.holders ?? [])])
          if (one !== undefined && one !== '') secrets.add(one)
      }
  })
  assert(secrets.size > 100)
  for (const secret of secrets) for (const text of said) assert(!text.includes(secret), 'it stands in the account')
})

test('E17: everybody who sees archives is told the figures, and nobody else', async (t) => {
  const service = await testService(t)
  const { id } = await anArchive(service, { recordings: 12, matched: false })
  for (const who of ['rec300', 'iao310', 'dis210', 'dpo400'])
    assert.equal((await (await service.as(who)).get(`/archives/${id}/statistics`)).statusCode, 200, who)
  for (const who of ['pc4321', 'adm500', 'aud503', 'app410'])
    for (const kind of ['', '.csv', '.pdf'])
      assert.equal((await (await service.as(who)).get(`/archives/${id}/statistics${kind}`)).statusCode, 403, who)
  const nowhere = await (await service.as('rec300')).get('/archives/x/statistics.csv')
  assert.equal(nowhere.statusCode, 404)
  const unmatched = await (await service.as('rec300')).get(`/archives/${id}/statistics`)
  assert.match(unmatched.body, /The archive has not been matched yet/)
})

test('E14: what a sample tells is never said better than it is', () => {
  const said = (wrong: number, items: number, of: number, atMost: number) => boundWords({ wrong, items, of, atMost })
  // The exact bound for none in 300 is 0.00994: 1 in 100.6.
  assert.equal(
    said(0, 300, 20_000, 0.00994),
    'None of 300 was wrong. At 95% confidence, at most 1 in 100 of all 20,000 are wrong.',
  )
  assert.equal(
    said(1, 300, 400, 0.0158),
    '1 of 300 was wrong. At 95% confidence, at most 1 in 63 of all 400 are wrong.',
  )
  assert.equal(said(40, 300, 400, 0.1703), '40 of 300 were wrong. At 95% confidence, at most 18% of all 400 are wrong.')
  assert.equal(said(2, 27, 27, 2 / 27), '2 of 27 were wrong. All that are tied to nothing were looked at.')
})
