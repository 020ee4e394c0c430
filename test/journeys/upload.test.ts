import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { LARGEST_CHUNK } from '../../src/actions/index.ts'
import { makeSample } from '../../src/sample/index.ts'
import { aGranted } from '../../src/server/pages/extraction/granted.fixture.ts'
import { journey } from './browser.ts'
import { seesTheEnd } from './extracting.ts'

test('a file is handed in over a line that breaks: it goes on where it stopped, and is gone when the extraction is over', async (t) => {
  const at = await journey(t, 'upload')
  if (at === undefined) return
  const { requestId } = await aGranted(at.service)
  const { phone } = await makeSample('ios-files', join(at.data, 'making'), { messages: 100, seed: 'journeys' })
  // A file that is more than one part, and that nobody asked for.
  mkdirSync(join(phone, 'private/var/mobile/Media/DCIM/100APPLE'), { recursive: true })
  writeFileSync(join(phone, 'private/var/mobile/Media/DCIM/100APPLE/IMG_9999.MOV'), randomBytes(LARGEST_CHUNK))
  const file = join(at.data, 'phone.tar')
  execFileSync('tar', ['-cf', file, '-C', phone, '.'])

  const operator = await at.person('ext510')
  const { page } = operator
  await operator.open(`/requests/${requestId}/extraction`)
  await operator.provesWhoTheyAre()
  await operator.at('Extract from AH/1')
  // The first part arrives; the line is dead from the second on.
  await page.route(
    (url) => url.searchParams.get('offset') === String(LARGEST_CHUNK),
    (route) => route.abort('connectionreset'),
  )
  await page.getByLabel('Hand in a file').setInputFiles(file)
  await operator.refused(async () => {
    await Promise.all([
      page.waitForEvent('requestfailed'),
      page.getByRole('button', { name: 'Hand it in', exact: true }).click(),
    ])
    await operator.looks('Handing in')
    await operator.open(`/requests/${requestId}/extraction`)
  })
  await page.unrouteAll()
  await operator.at('Extract from AH/1')
  await operator.sees('Choose the same file again to go on where it stopped.')
  await page.getByLabel('Go on handing in the file').setInputFiles(file)
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'PUT') asked.push(new URL(request.url()).search)
  })
  await operator.press('Hand it in')
  await operator.sees('The file that was handed in')
  await operator.at('Extract from AH/1')
  assert.equal(asked[0], `?offset=${LARGEST_CHUNK}`)
  await operator.press('Start the extraction')
  await operator.at('Extraction from AH/1')
  await at.worker()
  await seesTheEnd(operator, 'AH/1', 'not taken')
  assert.deepEqual(readdirSync(join(at.data, 'uploads')), [])
})
