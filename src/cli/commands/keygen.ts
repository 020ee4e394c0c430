import { generateKey, writePrivateKey } from '../../signature/index.ts'
import { type Command, text } from '../command.ts'
import { EXIT } from '../exit.ts'

/** Makes a signing key, or with `--age` an identity that opens containers; prints the public half. */
export const keygen: Command = {
  name: 'keygen',
  usage: '--out <file> [--age] [--json]',
  summary: 'makes a key; prints the public key',
  words: [],
  options: {
    out: { type: 'string', required: true, help: 'where the private key goes; must not exist' },
    age: { type: 'boolean', help: 'an age identity, to open extracts with, instead of a signing key' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  async run(input, terminal) {
    const out = text(input, 'out') ?? ''
    if (input.options['age']) {
      const { generateX25519Identity, identityToRecipient } = await import('age-encryption')
      const identity = await generateX25519Identity()
      const recipient = await identityToRecipient(identity)
      await writePrivateKey(out, `# public key: ${recipient}\n${identity}\n`)
      if (input.options['json']) terminal.json({ file: out, recipient })
      else terminal.line(recipient)
      return EXIT.done
    }
    const key = generateKey()
    await writePrivateKey(out, key.privatePem)
    if (input.options['json'])
      terminal.json({ file: out, keyid: key.keyid, public_key: key.publicLine, pem: key.publicPem })
    else terminal.line(key.publicLine)
    return EXIT.done
  },
}
