import type { Store } from '../../store/index.ts'
import { claim, type Claim } from '../claim.ts'

/** Takes an extraction for this process alone, as `claim` does. Undefined where another has it. `lost` is called when the connection breaks. */
export async function claimExtraction(store: Store, id: string, lost: () => void): Promise<Claim | undefined> {
  return claim(store, `extraction ${id}`, lost)
}
