import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TimelineEntry } from '../../../../actions/index.ts'
import { runsOf } from './runs.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute))
const entry = (kind: TimelineEntry['kind'], who: string, minute: number): TimelineEntry => ({
  kind,
  who,
  says: kind,
  at: at(minute),
})

test('what one person did again and again is one line, with how often and since when; whatever stands between ends it', () => {
  const runs = runsOf([
    entry('request.written', 'A', 9),
    entry('request.written', 'A', 8),
    entry('request.written', 'B', 7),
    entry('request.started', 'A', 6),
    entry('request.written', 'A', 5),
  ])
  assert.deepEqual(
    runs.map(({ kind, who, times, since }) => [kind, who, times, since.getUTCMinutes()]),
    [
      ['request.written', 'A', 2, 8],
      ['request.written', 'B', 1, 7],
      ['request.started', 'A', 1, 6],
      ['request.written', 'A', 1, 5],
    ],
  )
  assert.deepEqual(runsOf([]), [])
})
