import type { Route } from '../../route.ts'
import { beginRoutes } from './by-hand/begin.ts'
import { recordRoutes } from './by-hand/record.ts'
import { listRoutes } from './list/list.ts'
import { myPhoneRoutes } from './my-phone/my-phone.ts'
import { receiptRoutes } from './receipt/receipt.ts'
import { showRoutes } from './show/show.ts'
import { startRoutes } from './start/start.ts'
import { uploadRoutes } from './start/upload.ts'

/** Extractions, what is handed in for them, what came of them, and the page of whoever's phone it was. */
export const extractionRoutes: readonly Route[] = [
  ...listRoutes,
  ...startRoutes,
  ...uploadRoutes,
  ...beginRoutes,
  ...recordRoutes,
  ...showRoutes,
  ...receiptRoutes,
  ...myPhoneRoutes,
]
