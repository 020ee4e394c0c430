import { canonical } from '../records/index.ts'
import { IN_TOTO, type PrivateKey, publicKeyOf, publicLine, sealEnvelope, writeEnvelope } from '../signature/index.ts'
import { MANIFEST_PREDICATE, type Manifest, type SignedManifest } from './manifest.ts'

/** Signs a manifest as an in-toto Statement v1 about the Merkle root of the records; returns the DSSE envelope's text. */
export function signManifest(manifest: Manifest, key: PrivateKey): string {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'records', digest: { sha256: manifest.merkle.root } }],
    predicateType: MANIFEST_PREDICATE,
    predicate: { ...manifest, signed_by: publicLine(publicKeyOf(key).key) } satisfies SignedManifest,
  }
  return writeEnvelope(sealEnvelope(IN_TOTO, Buffer.from(canonical(JSON.parse(JSON.stringify(statement)))), [key]))
}
