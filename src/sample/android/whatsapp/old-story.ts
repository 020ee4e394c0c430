import type { Conversation, Person, Story, StoryMessage } from '../../story/types.ts'

/** The story as a WhatsApp of before 2022 could keep it: no pseudonyms, no reactions, no edits. */
export function beforePseudonyms(story: Story): Story {
  const numbers = new Map(story.people.map(({ lid, number }) => [`${lid}@lid`, number?.jid]))
  const people = story.people.map((person): Person => ({ ...person, lid: undefined }))
  const conversations = story.conversations.map((conversation): Conversation => {
    const members = conversation.members.map((member) => ({
      ...member,
      address: numbers.get(member.address) ?? member.address,
    }))
    return { ...conversation, members }
  })
  return { ...story, people, conversations, messages: () => withoutNews(story.messages()) }
}

function* withoutNews(messages: Iterable<StoryMessage>): Generator<StoryMessage> {
  for (const message of messages) {
    if (!message.emoji && !(message.app === 'whatsapp' && message.edits)) yield message
    else yield { ...message, emoji: undefined, edits: undefined }
  }
}
