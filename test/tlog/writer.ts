// A process that appends to a log until something ends it, and says on stdout what was accepted: `<index> <entry>`, and the size of each
// checkpoint that it saw published. Arguments: folder, state, name of this run, entries to append (0 = until it is ended).
import { openLog, parseCheckpoint, parseNote } from '../../src/tlog/index.ts'
import { testSigner } from '../../src/tlog/signer.fixture.ts'
import { writeSync } from 'node:fs'

const [folder = '', state = '', run = '', count = '0'] = process.argv.slice(2)

/** At once: what was said must not be lost with the process. */
const say = (line: string) => writeSync(1, `${line}\n`)

try {
  const log = await openLog({
    folder,
    state,
    signer: testSigner('log.example/force'),
    now: () => new Date(0),
    window: 3,
    grace: 0,
  })
  say(`open ${log.size}`)
  const most = Number(count) || Number.POSITIVE_INFINITY
  const one = async (from: number) => {
    for (let at = from; at < most; at += 8) {
      const entry = `${run}-${at}`
      const index = await log.append(Buffer.from(entry))
      say(`accepted ${index} ${entry}`)
      if (at % 5 === 0) say(`published ${parseCheckpoint(parseNote(await log.published(index)).text).size}`)
    }
  }
  await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(one))
  await log.close()
  say('closed')
} catch (error) {
  say(`error ${(error as { code?: string }).code ?? String(error)}`)
}
