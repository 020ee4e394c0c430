import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { terminal } from './terminal.ts'

/** Stands in for stderr and for the clock; gives what was written and a way to let time pass. */
function watched(t: TestContext, isTTY: boolean) {
  let now = 0
  let written = ''
  t.mock.method(performance, 'now', () => now)
  t.mock.method(process.stderr, 'write', (piece: string) => {
    written += piece
    return true
  })
  const before = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY')
  Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true })
  t.after(() => {
    if (before) Object.defineProperty(process.stderr, 'isTTY', before)
    else Reflect.deleteProperty(process.stderr, 'isTTY')
  })
  return {
    pass: (ms: number) => {
      now += ms
    },
    written: () => written,
  }
}

const CLEAR = '\r\u001b[2K'

test('progress is shown on a terminal once the work takes longer than a second', (t) => {
  const { pass, written } = watched(t, true)
  const out = terminal()
  pass(900)
  out.progress(() => 'a')
  assert.equal(written(), '')
  pass(200)
  out.progress(() => 'b')
  assert.equal(written(), `${CLEAR}b`)
})

test('progress is not redrawn faster than an eye can follow', (t) => {
  const { pass, written } = watched(t, true)
  const out = terminal()
  pass(2000)
  out.progress(() => 'a')
  pass(50)
  out.progress(() => 'b')
  pass(60)
  out.progress(() => 'c')
  assert.equal(written(), `${CLEAR}a${CLEAR}c`)
})

test('progress is taken away at the end, and before anything else is said', (t) => {
  const { pass, written } = watched(t, true)
  const out = terminal()
  pass(2000)
  out.progress(() => 'a')
  out.note('b')
  pass(2000)
  out.progress(() => 'c')
  out.settled()
  out.settled()
  assert.equal(written(), `${CLEAR}a${CLEAR}b\n${CLEAR}c${CLEAR}`)
})

test('there is no progress where nobody watches', (t) => {
  const { pass, written } = watched(t, false)
  const out = terminal()
  pass(5000)
  out.progress(() => 'a')
  out.settled()
  assert.equal(written(), '')
})
