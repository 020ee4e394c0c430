import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AT, someRegisters } from '../match/some-registers.fixture.ts'
import type { Registers } from '../match/rows.ts'
import { lookAgain, type Looked, type Sources } from './look-again.ts'

const HOUR = 3_600_000
const at = (from: number) => ({ from, to: from + 999 })
const ITEM: Looked = { id: 'item-1', devices: ['D-1'], numbers: ['+447700900123'], began: [at(AT)] }

function look(changes: Partial<Registers>, item: Looked = ITEM): Sources {
  const found = lookAgain([item], { ...someRegisters(), ...changes }).get(item.id)
  assert(found)
  return found
}

describe('a second look in the registers', () => {
  it('E14: finds a case by a number that only ends alike, which matching does not', () => {
    const row = (number: string) => ({
      line: 2,
      occurrence: '44190000001',
      live: true,
      team: [],
      parties: [{ number, role: 'witness' as const }],
      during: at(AT),
    })
    assert.equal(look({ cases: [row('447700900123')] }).cases.length, 1)
    assert.equal(look({ cases: [row('+447700900124')] }).cases.length, 0)
  })

  it('E14: shows what the bill has in the quarter of an hour around it, of the phone and of the other side', () => {
    const call = (ours: string, other: string, from: number, line: number) => ({ line, ours, other, began: [at(from)] })
    const { bills } = look({
      bills: [
        call('+447700900999', '+447700900555', AT + 14 * 60_000, 2),
        call('+447700900999', '+447700900555', AT + 16 * 60_000, 3),
        call('+447700900777', '+447700900123', AT - 60_000, 4),
        call('+447700900777', '+447700900555', AT, 5),
      ],
    })
    assert.deepEqual(
      bills.map(({ line }) => line),
      [2, 4],
    )
  })

  it('E14: shows whoever held the phone that day, and the operations that they were in', () => {
    const during = (from: number, to: number) => ({ from, to })
    const { holdings, operations } = look({
      holdings: [
        { line: 2, imei: 'd1', holder: 'PC 1234', during: during(-Infinity, AT - 2 * HOUR) },
        { line: 3, device: 'D 1', holder: 'PC5678', during: during(AT + 48 * HOUR, Infinity) },
      ],
      operations: [
        { line: 2, id: 'OP-1', people: ['pc1234'], during: during(AT + 20 * HOUR, AT + 30 * HOUR) },
        { line: 3, id: 'OP-2', people: ['PC5678'], during: during(AT, AT + HOUR) },
      ],
    })
    assert.deepEqual([holdings.map(({ line }) => line), operations.map(({ id }) => id)], [[2], ['OP-1']])
  })

  it('E14 and E15: shows protected numbers, and what owners said that may be about it', () => {
    const always = { from: -Infinity, to: Infinity }
    const { protected: kept, statements } = look({
      protected: [{ line: 2, number: '+447700900123', kind: 'solicitor' }],
      statements: [
        { line: 2, says: 'evidence', holder: 'pc1234', during: always },
        { line: 3, says: 'evidence', holder: 'pc1234', number: '+447700900000', during: always },
      ],
    })
    assert.deepEqual([kept.length, statements.map(({ line }) => line)], [1, [2]])
  })

  it('keeps apart what is near one item and what is near another', () => {
    const other: Looked = { id: 'item-2', devices: ['D-2'], numbers: ['+447700900321'], began: [at(AT)] }
    const found = lookAgain([ITEM, other], someRegisters())
    assert.deepEqual([found.get('item-1')?.holdings.length, found.get('item-2')?.holdings.length], [1, 0])
  })
})
