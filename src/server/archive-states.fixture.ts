import {
  addMember,
  askListening,
  decideListening,
  drawSample,
  namePlace,
  noteMilestone,
  proposeTemplate,
  readTies,
  setArchiveHold,
  tryMarks,
} from '../actions/index.ts'
import { anArchive } from '../actions/archive/an-archive.fixture.ts'
import { aCase, aProposedKeep, PC4321 } from '../actions/archive/keep/a-keep.fixture.ts'
import { unreadNamesIn } from '../actions/archive/names/unread-names.fixture.ts'
import type { Part } from '../recordings/index.ts'
import type { TestService } from './test-service.fixture.ts'

/** An archive of recordings with something on every page: what stands in their addresses, by the name of the parameter. */
export async function tellArchiveStates(
  service: TestService,
  { asker }: { readonly asker: string },
): Promise<Readonly<Record<string, string>>> {
  const archive = await anArchive(service)
  const { ops, id: archiveId } = archive
  const rows = await ops.store.db
    .selectFrom('archive_items')
    .select('id')
    .where('archive_id', '=', archiveId)
    .where('class', 'in', ['D', 'E'])
    .where('audio', '=', 'whole')
    .where('container', 'in', ['wav', 'flac', 'ogg', 'mp3', 'm4a'])
    .orderBy('id')
    .execute()
  const [item = '', heard = '', unheard = ''] = rows.map(({ id }) => id)

  // Listening: allowed, to whoever sees the page.
  const listening = await askListening(ops, await service.actor(asker), {
    archiveId,
    itemId: heard,
    reason: 'Nothing else tells whose call it is.',
  })
  const owner = await service.actor('iao310')
  await decideListening(ops, owner, { archiveId, id: listening, outcome: 'allowed', refusedBecause: '' })

  const asked = await askListening(ops, await service.actor(asker), {
    archiveId,
    itemId: unheard,
    reason: 'It may be of the operation, and nothing says when it was.',
  })

  // Names: some that no rule reads, of two shapes, and one way to read them that waits for somebody.
  const [named = ''] = await unreadNamesIn(ops, archiveId)
  const analyst = await service.actor('rec300')
  const input = { archiveId, itemId: named, cuts: [], directions: new Map() }
  const { parts } = await tryMarks(ops, analyst, { ...input, marks: new Map() })
  const are: readonly Part[] = ['number', 'dmy', 'hour', 'minute', 'any']
  const runs = parts.filter((part) => part.parts.length > 0)
  const marks = new Map(runs.map(({ from: first }, index) => [first, are[index] ?? 'any'] as const))
  const template = await proposeTemplate(ops, analyst, { ...input, marks })

  // The second look, a place and a day.
  await drawSample(ops, analyst, archiveId)
  const place = await namePlace(ops, analyst, archiveId, {
    kind: 'cloud',
    title: 'Google Drive of the force',
    found: 'still_there',
    evidence: 'Listed by whoever administers it.',
  })
  await noteMilestone(ops, analyst, archiveId, { kind: 'ico_told', day: '2020-03-04', says: 'By telephone.' })
  // A hold in force, on one recording.
  const held = { on: 'item', target: heard, reasons: 'An inquest has been opened.' } as const
  const { id: hold } = await setArchiveHold(ops, analyst, archiveId, held)
  // Kept for a case: one proposal that waits, and others that could be made, by a member of the case.
  const about = await aCase(ops)
  await addMember(ops, PC4321, { caseId: about.id, personId: asker, capacity: 'disclosure_officer' })
  const keep = await aProposedKeep(archive, about.id)
  const { ties } = await readTies(ops, await service.actor(asker), archiveId)
  return {
    archive: archiveId,
    asked,
    at: '1',
    hold,
    item,
    keep,
    tie: ties[0]?.id ?? '',
    listening,
    place,
    template,
    register: archive.registerIds.get('holdings') ?? '',
  }
}
