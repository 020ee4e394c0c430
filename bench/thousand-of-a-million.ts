import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Clause, extraction } from './authority.ts'
import { material, place, samplePhone } from './material.ts'
import { type Bench, count, MB } from './shape.ts'
import { medians, once } from './timed.ts'
import { type Conditions, conditionsFor } from './truth.ts'

const MESSAGES = 1_000_000
const TAKEN = 1_000

/** A thousandth of a large phone, against all of it: cost follows what is authorised. */
export const thousandOfAMillion: Bench = {
  name: 'thousand-of-a-million',
  title: 'Taking a thousandth',
  async run({ runs, scale, note }) {
    const messages = MESSAGES * scale
    const taken = TAKEN * scale
    const folder = await material(`ios-files-${messages}-conditions`, (made) => {
      samplePhone(made, 'ios-files', messages)
      const truth = join(made, 'truth.json')
      writeFileSync(join(made, 'conditions.json'), JSON.stringify(conditionsFor(taken, truth)))
      // As large as the phone, and never needed again.
      rmSync(truth)
    })
    const phone = join(folder, 'phone')
    const {
      between,
      with: who,
      containing,
    } = JSON.parse(readFileSync(join(folder, 'conditions.json'), 'utf8')) as Conditions
    note(`taking all and ${count(taken)} of ${count(messages)} messages`)
    const taking = (name: string, condition: Omit<Clause, 'records'>) => () => {
      const out = place(`${name}.peel`)
      return once(extraction(phone, { records: ['message'], ...condition }, out))
    }
    const { all, time, party, keyword } = medians(runs, {
      all: taking('all', {}),
      time: taking('time', { between }),
      party: taking('party', { with: [who] }),
      keyword: taking('keyword', { containing: { any: [containing] } }),
    })
    const what = `${count(taken)} of ${count(messages)} messages`
    const beside = `taking all of them: ${all.wall.toFixed(2)} s`
    return [
      { what: `${what}, by time`, value: (100 * time.wall) / all.wall, unit: '%', target: 5, beside, cost: time },
      { what: `${what}, by one counterparty`, value: (100 * party.wall) / all.wall, unit: '%', beside, cost: party },
      { what: `${what}, by a word`, value: (100 * keyword.wall) / all.wall, unit: '%', beside, cost: keyword },
      { what: `${what}: memory`, value: time.peak / MB, unit: 'MB', target: 300, beside: '' },
      {
        what: `all ${count(messages)} messages: memory`,
        value: all.peak / MB,
        unit: 'MB',
        target: 300,
        beside: '',
        cost: all,
      },
    ]
  },
}
