import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { journey } from './browser.ts'
import type { Person } from './person.ts'

const TITLE = 'Recordings of the negotiators'

test('E14: an archive is opened, taken in, given its registers, one with columns set by hand, and matched; nothing is decided', async (t) => {
  const at = await journey(t, 'archive')
  if (at === undefined) return
  const registers = await at.archive('negotiators-2016-2020')
  const kit = await at.person('rec300')
  await kit.follow('Recordings')
  await kit.at('Archives of call recordings')
  await kit.sees('No archive has been opened.')
  await kit.press('Open an archive')
  await kit.at('Open an archive')
  await kit.refused(async () => kit.press('Open the archive'))
  await kit.at('Open an archive')
  await kit.sees('Select the folder in which it was collected')
  await kit.choose('negotiators-2016-2020')
  await kit.type('What do you want to call the archive?', TITLE)
  await kit.press('Open the archive')
  await kit.at(TITLE)
  await kit.sees('You may close this page.')
  const worker = await at.worker()
  // The page keeps itself up to date.
  await kit.sees('60 recordings, each with an encrypted copy')
  await kit.at(TITLE)

  await kit.follow('Give the registers that could tie a recording to something')
  await kit.at('Registers')
  await kit.press('Give a register')
  await kit.at('Give a register')
  await kit.refused(async () => kit.press('Give the register'))
  await kit.at('Give a register')
  await give(kit, 'Telephone bills of the force', join(registers, 'bills.csv'))
  await kit.at('Registers')
  for (const [kind, file] of [
    ['Operations in which calls could be recorded', 'operations.csv'],
    ['Cases', 'cases.csv'],
    ['Holds', 'holds.csv'],
    ['Protected numbers', 'protected.csv'],
  ] as const) {
    await kit.press('Give a register')
    await give(kit, kind, join(registers, file))
    await kit.at('Registers', { looking: false })
  }
  // The asset register calls its columns as its maker does; one row of it is spoilt.
  const asset = readFileSync(join(registers, 'holdings.csv'), 'utf8')
    .replace('holder,device,number,from,to', 'Collar,Asset tag,CTN,Issued,Returned')
    .concat(',D-9999,,31/02/2019,\r\n')
  const assetFile = join(at.data, 'asset.csv')
  writeFileSync(assetFile, asset)
  await kit.press('Give a register')
  await give(kit, 'Who held which phone', assetFile)
  await kit.at('Which column is what?')
  await kit.refused(async () => kit.press('Save the columns'))
  await kit.at('Which column is what?')
  await kit.sees('Select the column for ‘Who held it’')
  await kit.pick('Who held it', 'Collar')
  await kit.pick('The force’s own mark of the phone (optional)', 'Asset tag')
  await kit.pick('Telephone number in it (optional)', 'CTN')
  await kit.pick('From when (optional)', 'Issued')
  await kit.pick('Until when (optional)', 'Returned')
  await kit.press('Save the columns')
  await kit.at('Registers', { looking: false })
  await kit.page.getByText('Where the problems are in ‘Who held which phone’').click()
  await kit.sees(/a cell that is needed is empty/)
  await kit.looks('Registers with their problems')
  // The next export of that shape is read without being asked.
  await kit.press(/^Remove this register\s*: Who held which phone$/)
  await kit.at('Registers', { looking: false })
  await kit.press('Give a register')
  await give(kit, 'Who held which phone', assetFile)
  await kit.at('Registers', { looking: false })
  await kit.doesNotSee('Columns to set')

  await kit.follow('Back')
  await kit.at(TITLE)
  await kit.press('Match recordings')
  await kit.at(TITLE, { looking: false })
  await kit.sees('What matching proposes')
  await kit.at(TITLE)
  await kit.press('Count the files that are still there')
  await kit.sees('Counted by the service: 60 files lie there, 60 of them as recordings that it holds.')
  await kit.follow('Back')
  await kit.at('Archives of call recordings')
  await kit.sees('Matched')
  await worker.close()

  const said = await at.service.ops.store.db.selectFrom('statements').select('kind').orderBy('id').execute()
  const kinds = new Set(said.map(({ kind }) => kind))
  for (const kind of [
    'archive.opened',
    'archive.taken_in',
    'register.given',
    'register.columns_set',
    'archive.matched',
  ])
    assert.ok(kinds.has(kind), kind)
})

async function give(person: Person, kind: string, file: string): Promise<void> {
  await person.choose(kind)
  await person.page.getByLabel('Which file is it?').setInputFiles(file)
  await person.press('Give the register')
}
