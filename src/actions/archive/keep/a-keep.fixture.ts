import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { addMember } from '../../case/add-member.ts'
import { openCase } from '../../case/open-case.ts'
import type { Actor, Ops } from '../../ops.ts'
import type { AnArchive } from '../an-archive.fixture.ts'
import { approveKeep } from './decide-keep.ts'
import { proposeKeep } from './propose-keep.ts'
import { readTied, readTies, type Tie } from './read-ties.ts'

/** The officer in the case, its disclosure officer, who proposes, and an inspector, who decides. */
export const PC4321: Actor = {
  id: 'pc4321',
  name: 'Ada Holt',
  rank: 'constable',
  roles: ['investigator'],
  stepUp: true,
}
export const DIS210: Actor = { id: 'dis210', name: 'Isla Crane', roles: ['disclosure_officer'], stepUp: true }
export const INSP77: Actor = {
  id: 'insp77',
  name: 'Carys Wynn',
  rank: 'inspector',
  roles: ['authorising_officer'],
  stepUp: true,
}
export const KEEP_RUN = {
  tool: { name: 'peel', version: '0.0.0', commit: 'test' },
  ending: new AbortController().signal,
} as const
export const WHY = {
  relevance: 'They may show when the demand was made.',
  necessity: 'No other record of these calls is left.',
}
export const APPROVED = {
  necessity: 'The trial has not begun, and the calls are of its subject.',
  proportionality: 'Only calls with a party to the case.',
}

/** A case of the service with its disclosure officer in it. `reference`: else any. */
export async function aCase(
  ops: Ops,
  reference = `43/${randomBytes(3).toString('hex').toUpperCase()}/26`,
): Promise<{ id: string; reference: string }> {
  const id = await openCase(ops, PC4321, { reference, offence: 'blackmail' })
  await addMember(ops, PC4321, { caseId: id, personId: DIS210.id, capacity: 'disclosure_officer' })
  return { id, reference }
}

/** What ties most recordings of an archive, of one kind. */
export async function mostTied(ops: Ops, archiveId: string, of: Tie['of'] = 'case'): Promise<Tie> {
  const { ties } = await readTies(ops, DIS210, archiveId)
  const tie = ties.find((one) => one.of === of)
  assert(tie, `the sample ties something to a ${of}`)
  return tie
}

/** Recordings of an archive that are tied to cases and operations, up to four, proposed for a case of the service. */
export async function aProposedKeep({ ops, id }: Pick<AnArchive, 'ops' | 'id'>, caseId: string): Promise<string> {
  const { ties } = await readTies(ops, DIS210, id)
  const recordings = new Set<string>()
  for (const tie of ties.toSorted((a, b) => (a.of < b.of ? -1 : 1)))
    for (const one of (await readTied(ops, DIS210, id, tie.id)).recordings) recordings.add(one.id)
  return proposeKeep(ops, DIS210, id, { recordings: [...recordings].slice(0, 4), caseId, ...WHY })
}

/** The same, approved, so that it waits for the worker. */
export async function anApprovedKeep(archive: Pick<AnArchive, 'ops' | 'id'>, caseId: string): Promise<string> {
  const keep = await aProposedKeep(archive, caseId)
  await approveKeep(archive.ops, INSP77, keep, APPROVED)
  return keep
}
