import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MOST_MESSAGES, makeStory } from './make-story.ts'
import { NEVER } from './never-words.ts'
import type { StoryMessage, System } from './types.ts'

const systems = fc.constantFrom<System>('ios', 'android')

test('a story numbers its messages from 0 without gaps and never goes back in time', () => {
  fc.assert(
    fc.property(systems, fc.integer({ min: 100, max: 3000 }), fc.string({ maxLength: 8 }), (system, messages, seed) => {
      const story = makeStory({ messages, seed, system })
      let next = 0
      let last = 0
      for (const { n, at } of story.messages()) {
        assert.equal(n, next++)
        assert.ok(at === undefined || at >= last)
        last = at ?? last
      }
      assert.equal(next, story.count)
    }),
    { numRuns: 20, seed: 1 },
  )
})

test('replies and reactions point back, within the conversation, at what they quote', () => {
  fc.assert(
    fc.property(systems, fc.integer({ min: 100, max: 4000 }), (system, messages) => {
      const told: StoryMessage[] = []
      for (const message of makeStory({ messages, seed: 's', system }).messages()) {
        told.push(message)
        const { to } = message.reply ?? message.reaction ?? {}
        if (typeof to !== 'number') continue
        const answered = told[to]
        assert.ok(to < message.n && answered)
        assert.equal(answered.conversation, message.conversation)
        if (message.reaction) assert.ok(message.reaction.quote.includes(answered.body ?? ''))
      }
    }),
    { numRuns: 12, seed: 2 },
  )
})

test('everything that a message names is in the story', () => {
  for (const system of ['ios', 'android'] as const) {
    const story = makeStory({ messages: 5000, seed: 's', system })
    const conversations = new Map(story.conversations.map((each) => [each.id, each]))
    for (const { conversation, member, attachments = [], body } of story.messages()) {
      const known = conversations.get(conversation)
      assert.ok(known && (member === undefined || known.members[member]))
      for (const id of attachments) assert.ok(story.files.has(id))
      assert.notEqual(body, '')
    }
  }
})

test('a story is told in the scripts of its people', () => {
  const scripts = ['Arabic', 'Han', 'Gurmukhi', 'Emoji_Presentation', 'Latin']
  const story = makeStory({ messages: 200, seed: 's', system: 'ios' })
  const text = [...story.messages()].map(({ body }) => body).join('\n')
  for (const script of scripts) {
    const name = script === 'Emoji_Presentation' ? script : `Script=${script}`
    assert.match(text, new RegExp(`\\p{${name}}`, 'u'))
  }
  assert.match(text, /ż/)
  assert.match(text, /Diolch/)
})

test('words that may never come out are each other’s opposites of content: none is in any message', () => {
  for (const system of ['ios', 'android'] as const)
    for (const { body, edits = [], subject } of makeStory({ messages: 2000, seed: 's', system }).messages())
      for (const text of [body, subject, ...edits.map((edit) => edit.body)])
        for (const word of Object.values(NEVER)) assert.ok(!text?.includes(word))
})

test('the largest story begins at once and ends in spring 2026', () => {
  const story = makeStory({ messages: MOST_MESSAGES, seed: 's', system: 'ios' })
  const [first] = story.messages()
  assert.ok(first?.at !== undefined && first.at > Date.UTC(2022, 0, 1) && first.at < Date.UTC(2023, 0, 1))
  assert.ok(story.calls.length > 1000)
})
