import type { ReadExample } from '../../../../actions/index.ts'
import { DIRECTION_WORDS } from './words.ts'

/** What a name is read to say, for a page. */
export function exampleRow({ name, numbers, contact, direction, at, toTheSecond }: ReadExample) {
  return {
    name,
    who: [...numbers, ...(contact === undefined ? [] : [contact])].join(', ') || 'Not told',
    direction: direction === undefined ? 'Not told' : DIRECTION_WORDS[direction as keyof typeof DIRECTION_WORDS],
    at,
    toTheSecond,
  }
}
