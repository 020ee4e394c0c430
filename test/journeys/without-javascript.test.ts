import { test } from 'node:test'
import { journey } from './browser.ts'
import { wholeStory } from './whole-story.ts'

test('the same from request to destruction without JavaScript', async (t) => {
  const at = await journey(t, 'without-javascript', { javaScriptEnabled: false })
  if (at === undefined) return
  await wholeStory(at)
})
