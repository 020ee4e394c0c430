import { finishBatches, finishDestructions } from '../actions/index.ts'
import type { Timer } from './timer.ts'

/** For so long, in milliseconds, a destruction may take whoever approved it. */
const UNDER_WAY = 5 * 60_000

/** Takes up destructions that two people decided on and that were interrupted. */
export const finishDestructionsTimer: Timer = {
  name: 'destructions that were interrupted',
  every: 10 * 60_000,
  async run({ ops }) {
    const extracts = await finishDestructions(ops, new Date(ops.now().getTime() - UNDER_WAY))
    return extracts + (await finishBatches(ops))
  },
}
