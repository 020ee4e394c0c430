import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { journey } from './browser.ts'
import { wholeStory } from './whole-story.ts'

test('a request is written, agreed to, granted, carried out, read and destroyed, each by those whose part it is', async (t) => {
  const at = await journey(t, 'request-to-destruction')
  if (at === undefined) return
  await wholeStory(at)
  assert.deepEqual(readdirSync(join(at.data, 'extracts')), [], 'something of the extract is left')
})
