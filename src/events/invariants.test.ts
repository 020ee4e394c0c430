import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Finding, FINDINGS, LeafInvariants } from './invariants.ts'
import type { Leaf } from './leaf.ts'

const ONE = 'A'.repeat(22)
const TWO = `${'B'.repeat(21)}A`
const e = 'A'.repeat(43)
const t = '2026-11-22T09:00Z'

/** One line a leaf: its kind, the index of its grant, its case where that is not the first. */
type Line = readonly [kind: string, grant?: number, pseudonym?: string]

const STORY: readonly Line[] = [
  ['log.started'],
  ['access.signed_in'],
  ['case.opened'],
  ['device.received'],
  ['authorisation.requested'],
  ['notice.served'],
  ['agreement.recorded'],
  ['authorisation.granted'],
  ['extraction.started', 7],
  ['extraction.failed', 7],
  ['extraction.started', 7],
  ['extraction.finished', 7],
  ['key.granted', 7],
  ['extract.opened', 7],
  ['item.viewed', 7],
  ['item.tagged', 7],
  ['extract.closed', 7],
  ['authorisation.expired', 7],
  ['extract.opened', 7],
  ['extract.closed', 7],
  ['hold.set'],
  ['hold.lifted', 7],
  ['retention.decided', 7],
  ['destruction.due', 7],
  ['destruction.proposed', 7],
  ['destruction.refused', 7],
  ['destruction.proposed', 7],
  ['destruction.authorised', 7],
  ['key.rotated'],
  ['destruction.done', 7],
  ['destruction.certified', 7],
  ['case.closed'],
]

describe('the leaves of a log', () => {
  it('hold together through a whole story, and through many at once', () => {
    assert.deepEqual(codes(STORY), [])
    const later = STORY.map(
      ([kind, grant]): Line => [kind, grant === undefined ? undefined : grant + STORY.length, TWO],
    )
    assert.deepEqual(codes([...STORY, ...later]), [])
    assert.deepEqual(codes([]), [])
  })

  it('do not hold where one is left out, twice there, or moved', () => {
    const leaves = number(STORY)
    const inCase = (at: number) => leaves[at]?.n !== undefined
    for (let at = 0; at < leaves.length - 1; at++) {
      if (!inCase(at)) continue
      assert(check(leaves.toSpliced(at, 1)).length > 0, `without ${at}`)
      assert(check(leaves.toSpliced(at, 0, leaves[at] as Leaf)).length > 0, `twice ${at}`)
      const next = leaves.findIndex((_, index) => index > at && inCase(index))
      const swapped = leaves.with(at, leaves[next] as Leaf).with(next, leaves[at] as Leaf)
      assert(check(swapped).length > 0, `moved ${at}`)
    }
  })

  it('name the grant under which things happen: earlier, of the same case, and a grant', () => {
    const upTo = (kind: string) =>
      STORY.slice(
        0,
        STORY.findIndex(([one]) => one === kind),
      )
    for (const grant of [6, 8, 100])
      assert.deepEqual(codes([...upTo('extraction.started'), ['extraction.started', grant]]), ['NOT_GRANTED'])
    const other: Line[] = [
      ...upTo('extraction.started'),
      ['case.opened', undefined, TWO],
      ['extraction.started', 7, TWO],
    ]
    assert.deepEqual(codes(other), ['NOT_GRANTED'])
    assert.deepEqual(codes([...upTo('extraction.started'), ['extraction.started']]), ['AUTHORISATION_MISSING'])
    assert.deepEqual(codes([['case.opened', 0]]), ['AUTHORISATION_UNEXPECTED'])
  })

  it('let no extraction start or finish under an authorisation that has ended', () => {
    for (const end of [
      'authorisation.varied',
      'authorisation.expired',
      'authorisation.withdrawn',
      'agreement.withdrawn',
    ]) {
      const running = STORY.slice(0, 9)
      assert.deepEqual(codes([...running, [end, 7], ['extraction.finished', 7]]), ['AUTHORISATION_ENDED'])
      assert.deepEqual(codes([...running, [end, 7], ['extraction.cancelled', 7]]), [])
      assert.deepEqual(codes([...STORY.slice(0, 8), [end, 7], ['extraction.started', 7]]), ['AUTHORISATION_ENDED'])
    }
  })

  it('let nothing end that did not start', () => {
    for (const end of ['extraction.finished', 'extraction.failed', 'extraction.cancelled'])
      assert.deepEqual(codes([...STORY.slice(0, 8), [end, 7]]), ['NOT_STARTED'])
    assert.deepEqual(codes([...STORY.slice(0, 12), ['extraction.finished', 7]]), ['NOT_STARTED'])
  })

  it('hold nothing of what was looked at by hand, and let it be recorded also after the authorisation has ended', () => {
    const granted = STORY.slice(0, 8)
    const begun: Line[] = [...granted, ['extraction.begun_by_hand', 7]]
    const recorded: Line = ['extraction.recorded_by_hand', 7]
    assert.deepEqual(codes([...begun, ['agreement.withdrawn', 7], recorded]), [])
    assert.deepEqual(codes([...begun, recorded, ['extract.opened', 7]]), ['NOTHING_EXTRACTED'])
    assert.deepEqual(codes([...granted, recorded]), ['NOT_STARTED'])
    assert.deepEqual(codes([...granted, ['agreement.withdrawn', 7], ...begun.slice(8)]), ['AUTHORISATION_ENDED'])
  })

  it('let nothing be destroyed without a proposal and a second yes, each good for one', () => {
    const held = STORY.slice(0, 12)
    assert.deepEqual(codes([...held, ['destruction.authorised', 7]]), ['NOT_PROPOSED'])
    assert.deepEqual(codes([...held, ['destruction.proposed', 7], ['destruction.done', 7]]), ['NOT_AUTHORISED'])
    const done: Line[] = [...held, ['destruction.proposed', 7], ['destruction.authorised', 7], ['destruction.done', 7]]
    assert.deepEqual(codes([...done, ['destruction.done', 7]]), ['NOT_AUTHORISED'])
    const refused: Line[] = [...held, ['destruction.proposed', 7], ['destruction.refused', 7]]
    assert.deepEqual(codes([...refused, ['destruction.authorised', 7]]), ['NOT_PROPOSED'])
  })

  it('show nothing before there is anything, nor after it was destroyed', () => {
    for (const kind of ['extract.opened', 'item.viewed', 'item.disclosed', 'item.tagged', 'key.granted']) {
      assert.deepEqual(codes([...STORY.slice(0, 8), [kind, 7]]), ['NOTHING_EXTRACTED'])
      assert.deepEqual(codes([...STORY.slice(0, -1), [kind, 7]]), ['AFTER_DESTRUCTION'])
    }
  })

  it('still show what is left when a part was destroyed, or one of two extracts', () => {
    const approved: Line[] = [...STORY.slice(0, 12), ['destruction.proposed', 7], ['destruction.authorised', 7]]
    assert.deepEqual(codes([...approved, ['extract.resealed', 7], ['extract.opened', 7]]), [])
    const two: Line[] = [
      ...STORY.slice(0, 12),
      ['extraction.started', 7],
      ['extraction.finished', 7],
      ...approved.slice(12),
      ['destruction.done', 7],
    ]
    assert.deepEqual(codes([...two, ['item.viewed', 7]]), [])
  })

  it('are of kinds that are known, inside a case or outside as the kind is', () => {
    assert.deepEqual(codes([['phone.eaten']]), ['UNKNOWN_KIND'])
    assert.deepEqual(check([{ e, k: 'case.opened', t, v: 1 }]), ['CASE_MISSING'])
    assert.deepEqual(check([{ c: ONE, e, k: 'access.signed_in', n: 1, t, v: 1 }]), ['CASE_UNEXPECTED'])
    assert.deepEqual(check([{ c: ONE, e, k: 'access.refused', n: 1, t, v: 1 }]), [])
    assert.deepEqual(check([{ e, k: 'access.refused', t, v: 1 }]), [])
  })

  it('number the events of a case from one, unless the log goes on from an older one', () => {
    const leaf = (n: number): Leaf => ({ c: ONE, e, k: 'case.opened', n, t, v: 1 })
    assert.deepEqual(check([leaf(2), leaf(3)]), ['GAP'])
    assert.deepEqual(check([leaf(1), leaf(1)]), ['NUMBER_REPEATED'])
    assert.deepEqual(check([leaf(1), leaf(5), leaf(6), leaf(2)]), ['GAP', 'NUMBER_REPEATED'])
    const restored: Leaf = { e, k: 'log.restored', t, v: 1 }
    assert.deepEqual(check([restored, leaf(7), leaf(8)]), [])
    assert.deepEqual(check([restored, leaf(7), leaf(9)]), ['GAP'])
    assert.deepEqual(check([leaf(1), restored, leaf(3)]), ['GAP'])
  })

  it('are reported with their place and a sentence, whatever they are', () => {
    const kinds = STORY.map(([kind]) => kind)
    const line = fc.tuple(
      fc.constantFrom(...kinds),
      fc.option(fc.nat(20), { nil: undefined }),
      fc.constantFrom(ONE, TWO),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (lines) => {
        const found = findings(number(lines))
        for (const { index, code, says } of found) {
          assert(index >= 0 && index < lines.length)
          assert.equal(says, FINDINGS[code])
        }
        // A reader that knows less: destruction needs as many approvals before it, in the same case, under the same grant.
        for (const [at, [kind, grant, pseudonym]] of lines.entries()) {
          if (kind !== 'destruction.done') continue
          const before = lines.slice(0, at).filter((one) => one[1] === grant && one[2] === pseudonym)
          const approvals = before.filter(([one]) => one === 'destruction.authorised').length
          const used = before.filter(([one]) => one === 'destruction.done').length
          if (approvals <= used) assert(found.some(({ index }) => index <= at))
        }
      }),
      { seed: 1, numRuns: 300 },
    )
  })
})

/** Writes leaves as they would stand in the log, numbered within their cases. */
function number(lines: readonly Line[]): Leaf[] {
  const last = new Map<string, number>()
  return lines.map(([kind, a, pseudonym = ONE]) => {
    const outside = /^(?:log|access|key\.rotated|phone)/.test(kind)
    const n = (last.get(pseudonym) ?? 0) + 1
    if (!outside) last.set(pseudonym, n)
    return { ...(a === undefined ? {} : { a }), ...(outside ? {} : { c: pseudonym, n }), e, k: kind, t, v: 1 as const }
  })
}

function findings(leaves: readonly Leaf[]): Finding[] {
  const invariants = new LeafInvariants()
  return leaves.flatMap((leaf) => invariants.add(leaf))
}

function check(leaves: readonly Leaf[]): string[] {
  return findings(leaves).map(({ code }) => code)
}

function codes(lines: readonly Line[]): string[] {
  return check(number(lines))
}
