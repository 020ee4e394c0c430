import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openSource } from '../src/acquisition/index.ts'
import { canonical, type Found } from '../src/records/index.ts'
import { makeSample, SAMPLE_KINDS, SAMPLE_PASSWORD } from '../src/sample/index.ts'
import { readEverything } from './read-everything.ts'

// Two descriptions of one phone, made apart: what the sample's writers say is on it, and what the artefacts read from it.

process.env.PEEL_SAMPLE_ROUNDS = '1000'
const folder = mkdtempSync(join(tmpdir(), 'peel-truth-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const PHONES = [...SAMPLE_KINDS.map((kind) => [kind, false] as const), ['android-files', true] as const]

for (const [kind, oldWhatsapp] of PHONES)
  test(`everything on ${kind}${oldWhatsapp ? ' with an old WhatsApp' : ''} is read as its truth says, and nothing else`, async () => {
    const sample = await makeSample(kind, join(folder, `${kind}-${oldWhatsapp}`), {
      messages: 700,
      seed: kind,
      oldWhatsapp,
    })
    assert.equal(sample.records.message, 700)
    const { records, never } = JSON.parse(readFileSync(sample.truth, 'utf8')) as { records: Found[]; never: string[] }
    const source = await openSource(sample.phone, kind.endsWith('encrypted') ? { password: SAMPLE_PASSWORD } : {})
    try {
      const { found, problems } = await readEverything(source)
      assert.deepEqual(problems, [])
      const read = found.map(canonical).sort()
      assert.deepEqual(read, records.map(canonical).sort())
      assert.deepEqual(
        never.filter((word) => read.some((text) => text.includes(word))),
        [],
      )
    } finally {
      await source.close()
    }
  })
