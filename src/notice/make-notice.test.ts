import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aRequest, FORCE, OPTIONS } from './a-request.fixture.ts'
import { noticeEqualsScope } from './equal.ts'
import { makeNotice, NOTICE_PARTS } from './make-notice.ts'
import { type Paper, paperDigest } from './paper.ts'

const notice = makeNotice(aRequest(), OPTIONS)
const wordsOf = (paper: Paper) => JSON.stringify(paper)

test('a notice has the five parts of section 39(3), none empty, in their order', () => {
  const five = notice.parts.filter(({ key }) => Object.hasOwn(NOTICE_PARTS, key))
  assert.deepEqual(
    five.map(({ key, law }) => [key, law]),
    Object.entries(NOTICE_PARTS),
  )
  for (const { paragraphs } of five) assert.ok(paragraphs.length > 0)
})

test('what a notice says is sought equals the scope that it was made from', () => {
  assert.deepEqual(noticeEqualsScope(notice, aRequest().scope), { equal: true })
  const sought = notice.parts.find(({ key }) => key === 'sought')
  assert.ok(sought?.paragraphs[1]?.items?.some((item) => item.includes('+44 7700 900123')))
})

test('a notice does not equal a scope that was widened, narrowed or written otherwise', () => {
  const [clause] = aRequest().scope
  assert.ok(clause)
  const { with: _, ...wider } = clause
  assert.deepEqual(noticeEqualsScope(notice, [wider]), { equal: false, differs: ['digest', 'words'] })
  assert.deepEqual(noticeEqualsScope(notice, []), { equal: false, differs: ['digest', 'words'] })
  // The same in words, and another person in law: only the digest can tell.
  assert.deepEqual(noticeEqualsScope(notice, [{ ...clause, id: 'C2' }]), { equal: false, differs: ['digest'] })
})

test('a notice whose words were altered does not equal its scope, whatever digest it carries', () => {
  const altered = structuredClone(notice) as unknown as { parts: { key: string; paragraphs: { items?: string[] }[] }[] }
  altered.parts.find(({ key }) => key === 'sought')?.paragraphs[1]?.items?.splice(1, 1)
  assert.deepEqual(noticeEqualsScope(altered as unknown as Paper, aRequest().scope), {
    equal: false,
    differs: ['words'],
  })
  const twice = { ...notice, parts: [...notice.parts, ...notice.parts.filter(({ key }) => key === 'sought')] }
  assert.deepEqual(noticeEqualsScope(twice, aRequest().scope), { equal: false, differs: ['words'] })
})

test('no notice is made with a part empty', () => {
  assert.throws(() => makeNotice(aRequest({ scope: [] }), OPTIONS), { code: 'SCOPE_EMPTY' })
  assert.throws(() => makeNotice(aRequest({ lines_of_enquiry: [] }), OPTIONS), { code: 'PART_EMPTY' })
  const blank = [{ id: 'L1', proposition: ' ', why_this_device: 'x' }]
  assert.throws(() => makeNotice(aRequest({ lines_of_enquiry: blank }), OPTIONS), { code: 'PART_EMPTY' })
  assert.throws(() => makeNotice(aRequest(), { ...OPTIONS, force: { ...FORCE, contact: [' '] } }), {
    code: 'NO_CONTACT',
  })
})

test('where the power does not rest on agreement, the paper informs and asks for none', () => {
  const information = makeNotice(
    aRequest({
      power: 'pace-1984-s19',
      device: { exhibit: 'AB/2', user_role: 'suspect', description: 'phone, blue' },
      instrument: { kind: 'seizure-record', reference: 'SR/77' },
    }),
    OPTIONS,
  )
  assert.equal(information.form, 'DPNc')
  assert.ok(!information.parts.some(({ key }) => ['refuse', 'enquiry', 'answer'].includes(key)))
  assert.ok(!wordsOf(information).includes('s.39(3)'))
  assert.ok(wordsOf(information).includes('SR/77'))
  assert.deepEqual(noticeEqualsScope(information, aRequest().scope), { equal: true })
})

test('B16: it says that the device itself may be refused or asked back, and that a no to either ends no enquiry', () => {
  const saidTo = (audience: 'user' | 'child' | 'adult-for-child') =>
    wordsOf(makeNotice(aRequest(), { ...OPTIONS, audience }))
  for (const audience of ['user', 'adult-for-child'] as const) {
    assert.match(saidTo(audience), /You do not have to (give us your phone|let us have the child’s phone)\./)
    assert.match(saidTo(audience), /If you say yes to part of it only, we take nothing yet/)
    assert.match(saidTo(audience), /was given to the police freely/)
  }
  assert.match(saidTo('child'), /do not want us to have your phone/)
  for (const audience of ['user', 'child', 'adult-for-child'] as const) {
    assert.match(saidTo(audience), /already, you can ask for it back/)
    assert.match(saidTo(audience), /just because we did not get (your|the child’s) phone or a yes/)
  }
})

test('the number that stands for the list is said last, with what it is for', () => {
  assert.equal(notice.parts.at(-1)?.key, 'check')
  assert.ok(notice.parts.at(-1)?.paragraphs[0]?.text.endsWith(`would not fit: ${notice.scope_digest}`))
  assert.ok(notice.facts.every(([, value]) => value !== notice.scope_digest))
})

test('a reader is told their own part in the case, and whose the device is where that is somebody who does not read it', () => {
  const facts = (user_role: 'victim' | 'deceased', audience: 'user' | 'adult-for-child') =>
    makeNotice(aRequest({ device: { exhibit: 'AB/1', user_role, description: 'phone, black' } }), {
      ...OPTIONS,
      audience,
    }).facts.map((fact) => fact.join(': '))
  assert.ok(facts('victim', 'user').includes('Your part in the case: victim'))
  assert.ok(facts('victim', 'adult-for-child').includes('The child’s part in the case: victim'))
  assert.ok(facts('deceased', 'user').includes('Whose phone it is: a person who has died'))
})

test('other ways that were thought of are said in words for whoever is asked, and as they stand where they are not known', () => {
  const alternatives = [
    { means: 'screenshots by the user', outcome: 'not practicable', reason: 'too many' },
    { means: 'a poster', outcome: 'tried without result', reason: 'nobody came' },
  ]
  const said = wordsOf(makeNotice(aRequest({ alternatives }), OPTIONS))
  assert.match(said, /pictures of the screen, taken by the person who uses the phone: this cannot be done here/)
  assert.match(said, /a poster: we tried, and did not find/)
})

test('a child is asked for views and not for an answer; the adult is asked for both', () => {
  const blanks = (audience: 'child' | 'adult-for-child') =>
    JSON.stringify(makeNotice(aRequest(), { ...OPTIONS, audience }).parts.find(({ key }) => key === 'answer')?.blanks)
  assert.doesNotMatch(blanks('child'), /agree|signature/)
  assert.match(blanks('adult-for-child'), /What the child thinks.*No one pushed|No one pushed.*What the child thinks/)
})

test('why nobody closer could be asked is asked of a responsible adult, and of nobody else', () => {
  const asked = (standsIn: boolean) =>
    JSON.stringify(makeNotice(aRequest(), { ...OPTIONS, audience: 'adult-for-child', standsIn }))
  assert.match(asked(true), /Why no one closer could be asked/)
  assert.doesNotMatch(asked(false), /no one closer/)
})

test('what a risk of excess or of confidential information asks to be said is said exactly then', () => {
  const says = (changes: Parameters<typeof aRequest>[0]) => wordsOf(makeNotice(aRequest(changes), OPTIONS))
  const yes = { risk: true, reason: 'x' }
  const no = { risk: false, reason: 'x' }
  assert.match(says({ excess_information: yes }), /more than we want/)
  assert.doesNotMatch(says({ excess_information: no }), /more than we want/)
  assert.match(says({ confidential_information: yes }), /a lawyer or a reporter/)
})

test('a language without a text falls back to English, marked, and says how often', () => {
  const welsh = makeNotice(aRequest(), { ...OPTIONS, language: 'cy' })
  assert.ok(welsh.untranslated > 10)
  assert.equal(notice.untranslated, 0)
  const refuse = welsh.parts.find(({ key }) => key === 'refuse')
  assert.equal(refuse?.heading, 'Gallwch ddweud na')
  assert.equal(refuse?.heading_lang, undefined)
  assert.equal(refuse?.paragraphs[0]?.lang, 'en')
  assert.match(welsh.title, /from your phone/, 'no sentence is in two languages')
  assert.deepEqual(noticeEqualsScope(welsh, aRequest().scope), { equal: true })
})

test('the same request gives the same paper, and one that differs another digest', () => {
  assert.equal(paperDigest(makeNotice(aRequest(), OPTIONS)), paperDigest(notice))
  assert.notEqual(paperDigest(makeNotice(aRequest({ version: 2 }), OPTIONS)), paperDigest(notice))
})

test('a paper calls the device what it is, in its title, its text and its labels', () => {
  const tablet = makeNotice(aRequest(), { ...OPTIONS, device: 'tablet' })
  assert.match(tablet.title, /from your tablet\?$/)
  assert(tablet.facts.some(([name]) => name === 'The tablet'))
  const all = JSON.stringify({
    ...tablet,
    facts: [],
    parts: tablet.parts.filter(({ key }) => !/^(sought|reason|contact)$/.test(key)),
  })
  assert.doesNotMatch(all, /\bphone\b/)
  assert.match(
    makeNotice(aRequest(), { ...OPTIONS, device: 'other', audience: 'adult-for-child' }).title,
    /the child’s device/,
  )
  assert.match(makeNotice(aRequest(), OPTIONS).title, /your phone/)
})
