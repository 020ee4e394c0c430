// Ranks are policy's; they are named here for whoever knows authorisations alone.
export { AUTHORISING_RANKS, isRankListed } from '../access/index.ts'
