import { closeArchive, decideClosing, proposeClosing } from '../actions/index.ts'
import { anArchive, REC300 } from '../actions/archive/an-archive.fixture.ts'
import { IAO310 } from '../actions/archive/batch/a-batch.fixture.ts'
import { keepTheRest } from '../actions/archive/close/a-closing.fixture.ts'
import type { TestService } from './test-service.fixture.ts'

const STEPS = ['nothing', 'proposed', 'approved', 'closed'] as const

/** Archives of which nothing is left to decide: closing one may be proposed, is proposed, is approved, is done. Their ids. */
export async function tellClosingStates(service: TestService): Promise<readonly string[]> {
  const told: string[] = []
  for (const step of STEPS) {
    const archive = await anArchive(service, { recordings: 20, seed: step })
    const { ops, id } = archive
    told.push(id)
    await keepTheRest(archive)
    if (step === 'nothing') continue
    await proposeClosing(ops, REC300, id)
    if (step === 'proposed') continue
    await decideClosing(ops, IAO310, { archiveId: id, outcome: 'approved' })
    if (step === 'closed') await closeArchive(ops, id, { ending: new AbortController().signal })
  }
  return told
}
