import assert from 'node:assert/strict'
import fc from 'fast-check'
import { pathInSerialised } from '../src/artefacts/whatsapp-android/media-file.ts'
import { quotedStanza } from '../src/artefacts/whatsapp-ios/quoted-stanza.ts'
import { personOf } from '../src/artefacts/whatsapp/jid.ts'
import { telephonesOn } from '../src/artefacts/whatsapp/values.ts'

/** Feeds the readers of WhatsApp's own encodings with anything, for as many seconds as the first argument says. */
const until = Date.now() + Number(process.argv[2] ?? 20) * 1000
for (let seed = 1; Date.now() < until; seed++) {
  const bytes = fc.uint8Array({ maxLength: 2_000 })
  fc.assert(
    fc.property(bytes, fc.string({ maxLength: 2_000 }), (given, text) => {
      quotedStanza(given)
      pathInSerialised(Buffer.concat([Buffer.from('aced', 'hex'), given]))
      const someone = personOf(text)
      assert.ok(someone === undefined || someone.address === text)
      assert.ok(telephonesOn(`TEL${text}`).length <= 50)
    }),
    { seed, numRuns: 2_000 },
  )
}
