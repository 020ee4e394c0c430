// A worker on an archive of recordings, in a process that is killed: says on its output when it begins and when it has done what it was given.
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import {
  closeArchive,
  destroyBatch,
  keepRecordings,
  matchArchiveNow,
  type Ops,
  takeInArchive,
} from '../../src/actions/index.ts'
import { openJournal } from '../../src/journal/index.ts'
import { FileEpochKeys, openKeyring } from '../../src/keyring/index.ts'
import { openStore } from '../../src/store/index.ts'

const [data = '', databaseUrl = '', what = '', id = ''] = process.argv.slice(2)
const now = () => new Date()
const store = await openStore({ url: databaseUrl, folder: join(data, 'postgres') })
const epochKeys = new FileEpochKeys(join(data, 'epoch-keys'))
const keyring = await openKeyring({ folder: join(data, 'keyring'), epochKeys, now })
const ops: Ops = {
  store,
  journal: openJournal({ store, key: await keyring.signingKey('installation'), now, random: () => randomBytes(32) }),
  keyring,
  now,
  random: randomBytes,
  force: { name: 'Test Police', contact: [], regulator: { name: '', contact: [] } },
  extractsFolder: join(data, 'extracts'),
  cataloguesFolder: join(data, 'catalogues'),
  uploadsFolder: join(data, 'uploads'),
  archivesFolder: join(data, 'archives'),
  collectedFolder: join(data, 'collected'),
  fleetFolder: join(data, 'fleet'),
  logFolder: join(data, 'log'),
  logOrigin: 'log.test.example',
  enqueue: async () => {},
}
const ending = new AbortController().signal
writeSync(1, 'begun\n')
const tool = { name: 'peel', version: '0.0.0', commit: 'test' } as const
const WORK = {
  'take-in': takeInArchive,
  match: matchArchiveNow,
  destroy: destroyBatch,
  close: closeArchive,
  keep: (ops: Ops, id: string, { ending }: { ending: AbortSignal }) => keepRecordings(ops, id, { tool, ending }),
} as const
const became = await WORK[what as keyof typeof WORK](ops, id, { ending })
writeSync(1, `${became}\n`)
process.exit(0)
