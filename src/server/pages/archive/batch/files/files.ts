import { readCertificate, readLeaves, type SignedCertificate } from '../../../../../actions/index.ts'
import { PATHS } from '../../../../paths.ts'
import type { Route, Visit } from '../../../../route.ts'
import { certificatePdf } from './certificate-pdf.ts'

/** What proves a destruction, as files: each can be checked without this service (docs/formats/recordings-certificate.md). */
export const filesRoutes: readonly Route[] = [
  file(PATHS.batchCertificate, 'application/json; charset=utf-8', ({ certificate }) => certificate),
  file(PATHS.batchSignature, 'application/octet-stream', ({ signature }) => signature),
  file(PATHS.batchPublicKey, 'application/x-pem-file', ({ publicKey }) => publicKey),
  file(PATHS.batchCertificatePdf, 'application/pdf', certificatePdf),
  file(PATHS.batchLeaves, 'application/x-ndjson; charset=utf-8', (_, { service, actor, params }) =>
    readLeaves(service.ops, actor, params['batch'] as string),
  ),
]

function file(
  path: string,
  type: string,
  body: (signed: SignedCertificate, visit: Visit) => string | Buffer | Promise<string>,
): Route {
  const name = path.split('/').at(-1)
  return {
    method: 'GET',
    path,
    who: 'archive.see',
    logs: [],
    handle: async (visit) => {
      const { service, actor, params } = visit
      const signed = await readCertificate(service.ops, actor, params['batch'] as string)
      return {
        body: await body(signed, visit),
        type,
        headers: { 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' },
      }
    },
  }
}
