import { digest, id, oneOf } from '../field.ts'
import type { Kind } from '../kind.ts'

const ALTERED = { covers: 'alteration', inCase: 'always', under: 'granted' } as const
const FIND = { find: id, extract: id } as const

/** What else came to light while an extract was read, and what was decided of it (law row G15). What it is stands in no log. */
export const FIND_EVENTS = {
  'find.reported': {
    says: 'Something else came to light, and reading stopped.',
    ...ALTERED,
    fields: { ...FIND, session: id, as: oneOf('another-crime', 'risk-to-life', 'safeguarding'), words: digest },
  },
  'find.decided': {
    says: 'It was decided what follows from what else came to light.',
    ...ALTERED,
    fields: { ...FIND, outcome: oneOf('new-request', 'go-on', 'pass-on'), reasons: digest },
  },
} as const satisfies Readonly<Record<string, Kind>>
