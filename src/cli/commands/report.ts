import { hash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { buildReport, writeHtml } from '../../report/index.ts'
import { ContainerReader, readManifest } from '../../vault/index.ts'
import { openManifest, verifyExtract } from '../../verify/index.ts'
import { type Command, text, texts } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { readIdentityFile, readTrust } from '../read-input.ts'

/** Writes what was authorised, read and taken for people to read. */
export const report: Command = {
  name: 'report',
  usage: '<dir.peel> --identity <file> --out <file.html|.pdf> [--trust <keys>] [--json]',
  summary: 'what was authorised, what was read, what was taken, by clause',
  words: ['<dir.peel>'],
  options: {
    identity: { type: 'string', required: true, help: 'age identity of a recipient' },
    out: { type: 'string', required: true, help: 'the report, *.html or *.pdf; must not exist' },
    trust: { type: 'string', multiple: true, help: 'public keys to believe: a file, or the keys' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const dir = input.words[0] ?? ''
    const out = text(input, 'out') ?? ''
    const format = /\.(html?|pdf)$/i.exec(out)?.[1]?.toLowerCase()
    if (format === undefined)
      throw new Stop(EXIT.usage, '--out is neither HTML nor PDF', 'give it a name that ends in .html or .pdf')
    if (existsSync(out)) throw new Stop(EXIT.usage, `${out} is already there`, 'give another name, or move it away')
    const identities = readIdentityFile(text(input, 'identity') ?? '')
    const given = texts(input, 'trust')
    const trust = given.length === 0 ? [] : readTrust(given)
    const { manifest } = openManifest(readManifest(dir), trust)
    if (manifest === undefined)
      throw new Stop(EXIT.failed, 'the manifest does not hold', 'run `peel verify` to see what is wrong with it')
    const reader = await ContainerReader.open(dir, identities)
    try {
      const checks = await verifyExtract(dir, { trust, identities })
      const document = await buildReport({ reader, manifest, checks })
      const bytes = Buffer.from(writeHtml(document))
      writeFileSync(out, bytes, { mode: 0o600, flag: 'wx' })
      const verified = checks.every(({ result }) => result !== 'failed')
      if (input.options['json'])
        terminal.json({ report: out, format, bytes: bytes.length, sha256: hash('sha256', bytes, 'hex'), verified })
      else terminal.line(out)
      terminal.note('This file is not sealed: whoever has it can read it. Keep it as you would keep the phone.')
      return verified ? EXIT.done : EXIT.failed
    } finally {
      reader.close()
    }
  },
}
