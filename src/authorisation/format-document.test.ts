import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { RECORD_KINDS } from '../records/index.ts'
import { generateKey, openEnvelope, writeEnvelope } from '../signature/index.ts'
import { aDocument } from './a-document.ts'
import { authorise } from './authorise.ts'
import { AUTHORISATION_SCHEMA } from './parse.ts'
import { POWERS, PURPOSES } from './power.ts'
import { REFUSAL_CODES } from './refusal.ts'

const text = readFileSync(new URL('../../docs/formats/authorisation.md', import.meta.url), 'utf8')

describe('the description of the format', () => {
  it('names every member, kind, power, purpose and code of refusal', () => {
    const words = [
      ...Object.keys(AUTHORISATION_SCHEMA.properties ?? {}),
      ...Object.keys(AUTHORISATION_SCHEMA.properties?.scope?.items?.properties ?? {}),
      ...Object.keys(AUTHORISATION_SCHEMA.properties?.agreement?.properties ?? {}),
      ...RECORD_KINDS,
      ...POWERS.map(({ id }) => id),
      ...PURPOSES,
      ...Object.keys(REFUSAL_CODES),
    ]
    for (const word of words) assert(text.includes(`\`${word}\``), word)
  })

  it('gives commands that check an authorisation with nothing of ours', (t) => {
    for (const tool of [
      ['python3', '--version'],
      ['openssl', 'version'],
      ['sh', '-c', ':'],
    ])
      if (spawnSync(tool[0] as string, tool.slice(1)).status !== 0) return t.skip(`${tool[0]} is not installed`)
    const script = /```sh\n([\s\S]*?)```/.exec(text)?.[1]
    assert(script)
    const [jo, sam] = [generateKey(), generateKey()]
    const envelope = writeEnvelope(authorise(aDocument(), jo, sam))
    const folder = mkdtempSync(join(tmpdir(), 'peel-format-'))
    const run = () => spawnSync('sh', ['-e', '-c', script], { cwd: folder })
    try {
      writeFileSync(join(folder, 'authorisation.dsse.json'), envelope)
      writeFileSync(join(folder, 'requester.pem'), jo.publicPem)
      const good = run()
      assert.equal(good.status, 0, good.stderr.toString())
      assert.equal(good.stdout.toString().split(jo.keyid).length, 3)
      assert(good.stdout.toString().includes(hash('sha256', openEnvelope(envelope).payload, 'hex')))
      writeFileSync(join(folder, 'requester.pem'), sam.publicPem)
      assert.notEqual(run().status, 0)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
