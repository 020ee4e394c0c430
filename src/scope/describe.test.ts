import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { describeParts, describeScope } from './describe.ts'
import type { Clause } from './scope.ts'

const clause: Clause = { id: 'C1', line_of_enquiry: 'L1', records: ['message'] }

function one(changes: Partial<Clause>): string {
  const [paragraph, ...more] = describeScope([{ ...clause, ...changes }])
  assert.equal(more.length, 0)
  return paragraph ?? ''
}

describe('a scope in plain English', () => {
  it('says of recordings that are kept that what was said is in them, and speaks of no phone', () => {
    const kept = { records: ['call'], apps: ['call-recording'], attachments: true } as const
    assert.equal(
      one(kept),
      'C1, for line of enquiry L1. Recordings of calls (with whom and when, and what was said); only those of the set that is named as the device, by its digest.',
    )
    assert.match(one({ ...kept, attachments: false }), /not what was said/)
    assert.match(
      one({ ...kept, apps: ['call-recording', 'phone'] }),
      /from “call-recording” and the phone’s own call list/,
    )
  })

  it('reads as one paragraph for each clause', () => {
    const full: Clause = {
      ...clause,
      records: ['message', 'call'],
      apps: ['sms', 'whatsapp'],
      between: { from: '2026-03-01T00:00:00Z', to: '2026-03-15T09:30:00+01:00' },
      with: ['07700 900123', 'Name@Example.org', '447700900124@s.whatsapp.net'],
      containing: { any: ['meet', 'lift home'] },
      near: { lat: 51.5, lon: -0.12, radius_metres: 500 },
      context: 5,
      attachments: true,
    }
    assert.deepEqual(describeScope([full, clause], [{ id: 'L1', proposition: 'the suspect arranged the meeting.' }]), [
      'C1, for line of enquiry L1: the suspect arranged the meeting. ' +
        'Messages (with what they say) and calls (with whom and when, not what was said) from text messaging (SMS, MMS, iMessage) and WhatsApp; ' +
        'only from 1 March 2026 at 00:00 (UTC) up to, but not including, 15 March 2026 at 09:30 (UTC+01:00); ' +
        'only with +44 7700 900123, name@example.org or +44 7700 900124 (a message in a group counts when that person sent it or is in the group); ' +
        'only those whose text contains “meet” or “lift home”, as whole words, in capitals or not, with accents or not; ' +
        'only within 500 metres of latitude 51.5, longitude -0.12; ' +
        'with up to 5 messages before and after each in the same conversation, marked as context, whoever wrote them, whatever they say, even if outside these dates and even if with other people; ' +
        'pictures and other files belonging to them: taken.',
      'C1, for line of enquiry L1: the suspect arranged the meeting. ' +
        'Messages (with what they say) from every app that holds them; without any limit of time, person, words or place; ' +
        'pictures and other files belonging to them: not taken, only that they are there and their names.',
    ])
  })

  it('says of the empty scope that nothing may be taken', () => {
    assert.deepEqual(describeScope([]), ['Nothing may be taken: the scope is empty.'])
  })

  it('tells all from any', () => {
    assert.match(one({ containing: { all: ['meet', 'car park'] } }), /contains all of “meet” and “car park”, as whole/)
    assert.match(one({ containing: { all: ['meet'] } }), /contains “meet”, as whole/)
  })

  it('speaks of files only where there can be some, and of context only for messages', () => {
    assert.doesNotMatch(
      one({ records: ['contact', 'call'], context: 3, attachments: true }),
      /files|context|before and after/,
    )
    assert.match(one({ records: ['media_item'] }), /the pictures and videos themselves: not taken/)
    assert.match(one({ context: 1 }), /up to 1 message before/)
  })

  it('says of context whatever else it may be only where the clause has that limit', () => {
    assert.match(one({ context: 2 }), /marked as context, whoever wrote them and whatever they say;/)
    const between = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' }
    assert.match(one({ context: 2, between }), /whatever they say and even if outside these dates;/)
    assert.match(one({ context: 2, with: ['07700 900123'] }), /whatever they say and even if with other people;/)
  })

  it('names the limits that a clause could set for its kinds and does not', () => {
    const between = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' }
    assert.match(one({ between }), /without any limit of person or words;/)
    assert.match(one({ between, with: ['07700 900123'] }), /without any limit of words;/)
    assert.match(one({ records: ['media_item'], between }), /without any limit of place;/)
    assert.doesNotMatch(one({ records: ['contact'], with: ['07700 900123'] }), /without any limit/)
    assert.doesNotMatch(one({ records: ['call'], between, with: ['07700 900123'] }), /without any limit/)
  })

  it('keeps seconds only where they are written for a reason', () => {
    const between = { from: '2026-03-01T00:00:00.000Z', to: '2026-03-01T23:59:59.500+00:00' }
    assert.match(one({ between }), /from 1 March 2026 at 00:00 \(UTC\) .* 1 March 2026 at 23:59:59\.500 \(UTC\)/)
  })

  it('reads times as clocks in Britain show them where it is asked to, and says the zone once', () => {
    const read = (from: string, to: string) => describeParts({ ...clause, between: { from, to } }, 'uk').limits[0] ?? ''
    assert.equal(
      read('2026-05-31T23:00:00Z', '2026-06-30T23:00:00Z'),
      'only from the start of 1 June 2026 to the end of 30 June 2026 (UK time)',
    )
    assert.equal(read('2026-06-01T00:00:00+01:00', '2026-06-02T00:00:00+01:00'), 'only on 1 June 2026 (UK time)')
    assert.equal(
      read('2026-06-05T17:00:00Z', '2026-06-05T23:30:00+01:00'),
      'only from 5 June 2026 at 6:00pm up to, but not including, 5 June 2026 at 11:30pm (UK time)',
    )
    assert.equal(
      read('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'),
      'only from 25 October 2026 at 1:30am (before the clocks go back) up to, but not including, 25 October 2026 at 1:30am (after the clocks go back) (UK time)',
    )
  })

  it('reads two windows out alike in British time only where their instants are the same', () => {
    const time = fc.oneof(
      fc.integer({ min: Date.UTC(1996, 0), max: Date.UTC(2040, 0) }),
      fc.integer({ min: 0, max: 400 * 24 }).map((hours) => Date.UTC(2026, 0) + hours * 3_600_000),
      fc.integer({ min: 0, max: 5 * 60 }).map((minutes) => Date.UTC(2026, 9, 24, 23) + minutes * 60_000),
    )
    const stated = fc.tuple(time, fc.constantFrom(0, 1, -5)).map(([ms, hours]) => {
      const zone = hours === 0 ? 'Z' : `${hours < 0 ? '-' : '+'}0${Math.abs(hours)}:00`
      return new Date(ms + hours * 3_600_000).toISOString().replace('Z', zone)
    })
    fc.assert(
      fc.property(stated, stated, stated, stated, (a, b, c, d) => {
        const words = (from: string, to: string) => describeParts({ ...clause, between: { from, to } }, 'uk').limits[0]
        const same = Date.parse(a) === Date.parse(c) && Date.parse(b) === Date.parse(d)
        assert.equal(words(a, b) === words(c, d), same)
        const inUtc = [a, b].map((text) => new Date(text).toISOString()) as [string, string]
        assert.equal(words(a, b), words(...inUtc))
      }),
    )
  })

  it('is the same in another time zone and locale', () => {
    const code = `
      import { describeScope } from ${JSON.stringify(new URL('./describe.ts', import.meta.url).href)}
      console.log(describeScope(${JSON.stringify([{ ...clause, between: { from: '2026-03-29T01:30:00Z', to: '2026-10-25T01:30:00Z' } }])}).join())`
    const outputs = [
      { TZ: 'UTC', LANG: 'C' },
      { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    ].map((env) => {
      const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
        env: { ...process.env, ...env },
      })
      assert.equal(status, 0)
      return stdout.toString()
    })
    assert.equal(outputs[0], outputs[1])
    assert.match(outputs[0] ?? '', /29 March 2026 at 01:30 \(UTC\)/)
  })
})
