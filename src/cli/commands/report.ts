import { hash } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { buildReport, writeHtml, writePdf } from '../../report/index.ts'
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
      const made = format === 'pdf' ? writePdf(document) : { bytes: Buffer.from(writeHtml(document)) }
      save(out, made.bytes)
      const verified = checks.every(({ result }) => result !== 'failed')
      const { bytes, ...left } = made
      if (input.options['json'])
        terminal.json({
          report: out,
          format: format === 'pdf' ? 'pdf' : 'html',
          bytes: bytes.length,
          sha256: hash('sha256', bytes, 'hex'),
          records: { taken: manifest.merkle.size, shown: document.shown },
          ...left,
          verified,
        })
      else {
        terminal.line(`${out}  ${bytes.length.toLocaleString('en-GB')} bytes`)
        terminal.line(
          `records   ${document.shown.toLocaleString('en-GB')} shown of ${manifest.merkle.size.toLocaleString('en-GB')} taken`,
        )
      }
      if ('lost' in made && made.lost > 0)
        terminal.note(
          `In ${made.lost} ${made.lost === 1 ? 'place' : 'places'} the PDF has no font for the words and says so; the HTML report shows them.`,
        )
      if ('pictures_left_out' in made && made.pictures_left_out > 0)
        terminal.note(`Pictures that are in the HTML report and that a PDF cannot show: ${made.pictures_left_out}`)
      terminal.note('This file is not sealed: whoever has it can read it. Keep it as carefully as the phone.')
      if (!verified)
        terminal.error('a check failed', 'do not rely on the report; run `peel verify` to see what is wrong')
      return verified ? EXIT.done : EXIT.failed
    } finally {
      reader.close()
    }
  },
}

/** Writes the file for its owner alone, and never over another. Throws Stop. */
function save(out: string, bytes: Buffer): void {
  try {
    writeFileSync(out, bytes, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') {
      rmSync(out, { force: true })
      throw error
    }
    if (code === 'EEXIST') throw new Stop(EXIT.usage, `${out} is already there`, 'give another name, or move it away')
    throw new Stop(
      EXIT.usage,
      `${out} cannot be written`,
      'give a name in a folder that is there and that you may write to',
    )
  }
}
