import { createPublicKey, sign } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { readPrivateKey } from '../../signature/index.ts'
import { COSIGNATURE, readVkey, type Signer, TlogError, verifierOf, Witness, witnessServer } from '../../tlog/index.ts'
import { askedToEnd } from '../asked-to-end.ts'
import { type Command, type Input, text, texts } from '../command.ts'
import { EXIT, Stop } from '../exit.ts'
import { readText } from '../read-input.ts'

const PORT = 7380

/** The small server that another body runs, so that nobody has to take the force's word for its log. */
export const witness: Command = {
  name: 'witness',
  usage: '--key <file> --name <name> (--print-key | --origin-key <vkey>… --data <dir>) [--host H] [--port N] [--json]',
  summary: 'remembers what a log said of itself, and cosigns only what follows from it',
  words: [],
  options: {
    key: { type: 'string', required: true, help: "the witness's private key, of `peel keygen`" },
    name: { type: 'string', required: true, help: 'the name under which it cosigns, as witness.example/w1' },
    'print-key': { type: 'boolean', help: 'print its verifier key, for whoever runs the log, and end' },
    'origin-key': { type: 'string', multiple: true, help: 'verifier key of a log that is witnessed; may be repeated' },
    data: { type: 'string', help: 'folder in which it remembers; must not be lost or set back' },
    host: { type: 'string', help: 'address on which it listens; default 127.0.0.1' },
    port: { type: 'string', help: `port on which it listens; default ${PORT}` },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const signer = signerOf(input)
    const { vkey } = verifierOf(signer.name, COSIGNATURE, signer.publicKey)
    if (input.options['print-key']) {
      if (input.options['json']) terminal.json({ vkey })
      else terminal.line(vkey)
      return EXIT.done
    }
    const logs = texts(input, 'origin-key').map(readVkey)
    if (logs.length === 0) throw new Stop(EXIT.usage, '--origin-key is missing', 'whoever runs the log gives it out')
    const folder = text(input, 'data')
    if (folder === undefined) throw new Stop(EXIT.usage, '--data is missing', 'give a folder that is kept')
    const port = portOf(input)
    const open = await Witness.open({ folder, logs, signer, now: () => new Date() })
    const server = witnessServer(open)
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, text(input, 'host') ?? '127.0.0.1', resolve)
      })
      const { address, family, port: actual } = server.address() as AddressInfo
      const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}/`
      if (input.options['json']) terminal.json({ url, vkey, logs: logs.map(({ name }) => name) })
      else {
        terminal.line(`${signer.name} is at ${url}`)
        terminal.line(`its key: ${vkey}`)
        for (const { name } of logs) terminal.line(`it witnesses ${name}`)
      }
      await askedToEnd()
      server.closeIdleConnections()
      await new Promise((resolve) => void server.close(resolve))
    } finally {
      await open.close()
    }
    return EXIT.done
  },
}

function signerOf(input: Input): Signer {
  const { key } = readPrivateKey(readText(text(input, 'key') ?? ''))
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' })
  const name = text(input, 'name') ?? ''
  const signer: Signer = { name, publicKey: Buffer.from(x, 'base64url'), sign: (bytes) => sign(null, bytes, key) }
  try {
    verifierOf(name, COSIGNATURE, signer.publicKey)
  } catch (error) {
    if (!(error instanceof TlogError)) throw error
    throw new Stop(EXIT.usage, 'this name cannot stand in a note', 'no spaces and no plus, as witness.example/w1')
  }
  return signer
}

function portOf(input: Input): number {
  const given = text(input, 'port') ?? String(PORT)
  const port = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN
  if (!(port <= 65_535))
    throw new Stop(EXIT.usage, 'this is no port', 'a number from 0 to 65535; 0 takes any that is free')
  return port
}
