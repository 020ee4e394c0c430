import type { Item } from './item.ts'
import type { Registers } from './rows.ts'

/** A second on a Monday evening. */
export const AT = Date.UTC(2019, 2, 4, 18, 22, 7)
export const none: readonly never[] = []

/** A recording of which everything is known. */
export function anItem(changes: Partial<Item>): Item {
  return {
    id: 'item-1',
    sha256: 'a'.repeat(64),
    bytes: 9600,
    device: 'D-1',
    named: {
      recorder: 'acr',
      numbers: ['07700 900123'],
      started: { at: [AT], precision: 'second', zone: 'british' },
    },
    audio: { container: 'amr', durationMs: 60_000, state: 'whole' },
    ...changes,
  }
}

/** One phone, in one pair of hands for ever, and nothing else. */
export function someRegisters(): Registers {
  return {
    holdings: [
      {
        line: 2,
        device: 'D 1',
        imei: '352099001761481',
        number: '+447700900999',
        holder: 'PC1234',
        during: { from: -Infinity, to: Infinity },
      },
    ],
    bills: none,
    operations: none,
    cases: none,
    holds: none,
    protected: none,
    statements: none,
  }
}
