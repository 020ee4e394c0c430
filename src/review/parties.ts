import type { Party, PeelRecord } from '../records/index.ts'

/** Everybody that a record names beside the device user. */
export function partiesOf(record: PeelRecord): readonly Party[] {
  switch (record.kind) {
    case 'message':
    case 'call':
      return record.from ? [record.from, ...record.to] : record.to
    case 'contact':
      return record.addresses.map(({ address }) => ({
        address,
        ...(record.name !== undefined && { name: record.name }),
      }))
    default:
      return []
  }
}
