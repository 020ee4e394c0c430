import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testService } from '../../test-service.fixture.ts'
import { anExtract } from './an-extract.fixture.ts'

test('every page of an open extract answers', async (t) => {
  const service = await testService(t)
  const { extraction } = await anExtract(t, service, { messages: 400 })
  const reviewer = await service.as('rev200')
  const base = `/extractions/${extraction}`
  const before = await reviewer.get(`${base}/review`)
  assert.equal(before.headers.location, `${base}/open`)
  assert.equal((await reviewer.get(`${base}/open`)).statusCode, 200)
  const opened = await reviewer.post(`${base}/open`, { purpose: 'line-of-enquiry' })
  assert.equal(opened.headers.location, `${base}/review`)
  for (const page of ['', '/conversations', '/conversations/0', '/timeline', '/gallery', '/map', '/calls', '/contacts', '/search', '/search?words=meet', '/how-it-was-examined']) {
    const answer = await reviewer.get(`${base}/review${page}`)
    assert.equal(answer.statusCode, 200, `${page} ${answer.body.slice(0, 2000)}`)
  }
})
