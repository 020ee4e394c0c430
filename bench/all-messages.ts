import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { extraction } from './authority.ts'
import { containerSize } from './container-size.ts'
import { material, place, samplePhone } from './material.ts'
import { sameColumns } from './same-columns.ts'
import { type Bench, count, MB } from './shape.ts'
import { medians, once } from './timed.ts'

const MESSAGES = 100_000
const EVERYTHING = { records: ['message', 'call', 'contact', 'media_item'], attachments: true }

/** Everything on a phone with 100,000 messages, against the database shell selecting the same columns. */
export const allMessages: Bench = {
  name: 'all-messages',
  title: 'Taking everything',
  async run({ runs, scale, note }) {
    const messages = MESSAGES * scale
    const folder = await material(`ios-files-${messages}`, (made) => samplePhone(made, 'ios-files', messages))
    const phone = join(folder, 'phone')
    const selection = await material(`selection-${messages}`, (made) => sameColumns(phone, made))
    note(`taking ${count(messages)} messages`)
    const out = place('all-messages.peel')
    const { ours, theirs } = medians(runs, {
      ours: () => {
        rmSync(out, { recursive: true, force: true })
        return once(extraction(phone, EVERYTHING, out))
      },
      theirs: () => once(['sqlite3', '-batch', ':memory:', `.cd '${selection}'`, '.read select.sql']),
    })
    const what = `${count(messages)} iOS messages, everything in scope, sealed and indexed`
    const against = `sqlite3 selecting the same columns: ${theirs.wall.toFixed(2)} s`
    return [
      { what, value: ours.wall, unit: 's', target: 2, beside: against, cost: ours },
      { what: `${what}: memory`, value: ours.peak / MB, unit: 'MB', target: 300, beside: '' },
      { what: `${what}: ratio`, value: ours.wall / theirs.wall, unit: '×', beside: against },
      await containerSize(`${count(messages)} messages and what else is on the phone`, out),
    ]
  },
}
