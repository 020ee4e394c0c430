import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test, type TestContext } from 'node:test'
import { testService } from '../../server/test-service.fixture.ts'
import type { Ops } from '../ops.ts'
import { anArchive, REC300 } from './an-archive.fixture.ts'
import { archiveKeyName } from './details.ts'
import { giveRegister, givenRegisterFaults, setColumns, takeBackRegister } from './give-register.ts'
import { readColumns } from './read-columns.ts'
import { readRegisters } from './read-archive.ts'
import { readStanding } from './read-standing.ts'
import { registerPlace } from './register-file.ts'

// A bill as networks write it: an address first, semicolons, date and time apart.
const BILL = [
  'Calder Telecom;;;;',
  'Invoice for;March 2019;;;',
  'CLI;Called;Date;Time;Way',
  '07700 900001;07700 900123;04/03/2019;18:22:07;Outbound call',
  '07700 900001;07700 900124;04/03/2019;xx;Outbound call',
].join('\r\n')
const MAPPING = {
  format: 'peel-columns/1',
  table: 'bills',
  separator: ';',
  columns: { line: ['CLI'], other: ['Called'], start: ['Date', 'Time'], direction: ['Way'] },
  words: { direction: { 'Outbound call': 'out' } },
}

async function opened(t: TestContext): Promise<{ ops: Ops; id: string }> {
  return anArchive(await testService(t), { recordings: 10, matched: false })
}

const bytes = (text: string) => Buffer.from(text, 'latin1')

test('E14: an export that nobody has seen before waits for its columns, and is not matched with; the next of its shape is read by itself', async (t) => {
  const { ops, id } = await opened(t)
  const given = await giveRegister(ops, REC300, { archiveId: id, kind: 'bills', contents: bytes(BILL) })
  assert.equal(given.mapped, false)
  const columns = await readColumns(ops, REC300, id, given.id)
  assert.deepEqual(columns, {
    kind: 'bills',
    separator: ';',
    headings: ['CLI', 'Called', 'Date', 'Time', 'Way'],
    mapping: undefined,
  })
  const before = (await readStanding(ops, id)).registers.at(-1)
  assert.deepEqual([before?.mapped, before?.rows], [false, 0])
  await setColumns(ops, REC300, { archiveId: id, registerId: given.id, mapping: MAPPING })
  const after = (await readRegisters(ops, id)).at(-1)
  assert.deepEqual([after?.mapped, after?.rows, after?.problems], [true, 1, 1])
  // Where it is and what kind it is, and nothing of what stands there.
  assert.deepEqual(after?.oddities, {
    counts: { not_a_time: 1 },
    places: [{ line: 5, code: 'not_a_time', field: 'start', row: 'left_out' }],
  })
  const again = await giveRegister(ops, REC300, {
    archiveId: id,
    kind: 'bills',
    contents: bytes(BILL.replace('xx', '19:00:00')),
  })
  assert.equal(again.mapped, true)
  assert.equal((await readRegisters(ops, id)).at(-1)?.rows, 2)
})

test('columns that the register does not have, or not all that are needed, are refused and change nothing', async (t) => {
  const { ops, id } = await opened(t)
  const { id: registerId } = await giveRegister(ops, REC300, { archiveId: id, kind: 'bills', contents: bytes(BILL) })
  for (const columns of [{ line: ['CLI'] }, { line: ['CLI'], start: ['Day'] }])
    await assert.rejects(
      setColumns(ops, REC300, { archiveId: id, registerId, mapping: { ...MAPPING, words: {}, columns } }),
      { code: 'NOT_VALID', reason: 'columns' },
    )
  assert.equal((await readRegisters(ops, id)).at(-1)?.mapped, false)
})

test('a register rests sealed, under the key of its archive; one that is taken back is gone, and the archive is to be matched again', async (t) => {
  const archive = await anArchive(await testService(t), { recordings: 10 })
  const { ops, id, registerIds } = archive
  assert.equal((await readStanding(ops, id)).newSince, false)
  const registerId = registerIds.get('holds') ?? ''
  const sealed = readFileSync(registerPlace(ops, id, registerId))
  assert.ok(!sealed.includes('target') && sealed.subarray(0, 21).toString() === 'age-encryption.org/v1')
  assert.ok(await ops.keyring.has(archiveKeyName(id)))
  await takeBackRegister(ops, REC300, { archiveId: id, registerId })
  assert.throws(() => readFileSync(registerPlace(ops, id, registerId)), { code: 'ENOENT' })
  assert.ok(!(await readRegisters(ops, id)).some((one) => one.id === registerId))
  assert.equal((await readStanding(ops, id)).newSince, true)
  await assert.rejects(takeBackRegister(ops, REC300, { archiveId: id, registerId }), { code: 'NOT_FOUND' })
})

test('H14: nobody gives a register or sees its headings whose part it is not, and that is logged', async (t) => {
  const { ops, id } = await opened(t)
  const [register] = await readRegisters(ops, id)
  const owner = { id: 'iao310', name: 'Moss Tate', roles: ['information_asset_owner'], stepUp: true } as const
  for (const act of [
    () => giveRegister(ops, owner, { archiveId: id, kind: 'bills', contents: bytes(BILL) }),
    () => readColumns(ops, owner, id, register?.id ?? ''),
    () => takeBackRegister(ops, owner, { archiveId: id, registerId: register?.id ?? '' }),
  ])
    await assert.rejects(act, { code: 'NOT_ALLOWED', reason: 'NOT_YOUR_ROLE' })
  const refused = await ops.store.db
    .selectFrom('statements')
    .select('id')
    .where('kind', '=', 'access.refused')
    .execute()
  assert.equal(refused.length, 3)
})

test('what is no register is said by field', () => {
  const fields = (kind: string, contents: string) =>
    givenRegisterFaults({ kind, contents: bytes(contents) }).map(({ field }) => field)
  assert.deepEqual(fields('bills', BILL), [])
  assert.deepEqual(fields('', BILL), ['kind'])
  assert.deepEqual(fields('bills', ''), ['contents'])
  assert.deepEqual(fields('toString', ',,,\r\n,,,'), ['kind', 'contents'])
})
