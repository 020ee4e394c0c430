import type { SqliteReader } from '../../acquisition/index.ts'
import type { DatabaseArtefact, ReadContext, RecordTable } from '../artefact.ts'
import { isNamed } from '../is-named.ts'
import { Columns, holds } from '../whatsapp/columns.ts'
import { Conversations } from './conversations.ts'
import { messageTable } from './messages.ts'

const WANTED = {
  ZWAMESSAGE: ['Z_PK', 'ZCHATSESSION', 'ZISFROMME', 'ZMESSAGEDATE', 'ZMESSAGETYPE', 'ZTEXT'],
  ZWACHATSESSION: ['Z_PK', 'ZCONTACTJID'],
} as const

/** WhatsApp's messages on iOS: `ChatStorage.sqlite` in the app's group folder, of WhatsApp and of WhatsApp Business. */
/** SHA-1 of `AppDomainGroup-group.net.whatsapp.WhatsApp.shared-ChatStorage.sqlite`: the database's name inside a backup. */
const BLOB = '7c7fba66680ef796b916b067077cc246adacf01d'

export const whatsappIos: DatabaseArtefact = {
  type: 'database',
  id: 'whatsapp-ios',
  title: 'WhatsApp messages (iOS)',
  yields: [{ kind: 'message', app: 'whatsapp' }],
  locates: (path) => isNamed(path, 'ChatStorage.sqlite', BLOB),
  recognises: (tables) => holds(tables, 'ZWAMESSAGE', 'ZISFROMME', 'ZMESSAGEDATE') && holds(tables, 'ZWACHATSESSION'),
  describe(database: SqliteReader, context: ReadContext): RecordTable[] | { readonly notRecognised: string } {
    const columns = new Columns(database)
    const notRecognised = columns.lacking(WANTED)
    if (notRecognised !== undefined) return { notRecognised }
    return [messageTable(database, columns, new Conversations(database, columns), context)]
  },
}
