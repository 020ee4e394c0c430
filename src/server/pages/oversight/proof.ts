import { notFound, proveEntry } from '../../../actions/index.ts'
import { PATHS } from '../../paths.ts'
import type { Route } from '../../route.ts'

/** The proof that one entry is in the log, for anybody: whoever was given an index checks it without us. */
export const proofRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.logProof,
    who: 'anyone',
    logs: [],
    handle: async ({ service: { ops }, params }) => {
      const { index = '' } = params
      if (!/^(?:0|[1-9]\d{0,14})$/.test(index)) throw notFound()
      return {
        body: await proveEntry(ops, Number(index)),
        type: 'text/plain; charset=utf-8',
        headers: {
          'cache-control': 'no-cache',
          'content-disposition': `attachment; filename="entry-${index}.tlog-proof"`,
          'access-control-allow-origin': '*',
          'cross-origin-resource-policy': 'cross-origin',
        },
      }
    },
  },
]
