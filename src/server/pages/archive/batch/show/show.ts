import { couldEver } from '../../../../../access/index.ts'
import {
  approveBatch,
  type BatchInFull,
  readBatch,
  readCertificate,
  refusalFaults,
  refuseBatch,
} from '../../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../../form.ts'
import { PATHS, pathTo, toProve } from '../../../../paths.ts'
import type { Answer, Route, Visit } from '../../../../route.ts'
import { FINDING_WORDS } from '../../places/words.ts'
import { bytesWords, hoursWords, monthWords, recordingsWords } from '../../recording-words.ts'
import { boundWords } from '../../sample/bound-words.ts'
import { approvalWords, BATCH_CLASS_WORDS, RULE_WORDS, STATE_WORDS, stoppedRows } from '../words.ts'

/** A batch: what it holds in figures, the decision, and afterwards what proves it (law rows E14, H11, H14). */
export const showRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.batch,
    who: 'archive.see',
    logs: [],
    handle: (visit) => show(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.batchApprove,
    formOn: PATHS.batch,
    // Who proposed it is a fact of the batch: the act itself asks whether somebody may decide on this one.
    who: 'archive.see',
    stepUp: true,
    logs: ['batch.approved'],
    handle: async (visit) => {
      if (field(visit, 'sure') !== 'yes')
        return show(visit, [{ field: 'sure', text: 'Tick that you have looked at these figures' }])
      await approveBatch(visit.service.ops, visit.actor, seenBy(visit))
      return { redirect: `${pathTo(PATHS.batch, visit.params)}?done=approved` }
    },
  },
  {
    method: 'POST',
    path: PATHS.batchRefuse,
    formOn: PATHS.batch,
    // Who proposed it is a fact of the batch: the act itself asks whether somebody may decide on this one.
    who: 'archive.see',
    stepUp: true,
    logs: ['batch.refused'],
    handle: async (visit) => {
      const reasons = field(visit, 'reasons')
      const [fault] = refusalFaults({ reasons })
      if (fault) return show(visit, [{ field: fault.field, text: fault.says }])
      await refuseBatch(visit.service.ops, visit.actor, { ...seenBy(visit), reasons })
      return { redirect: `${pathTo(PATHS.batch, visit.params)}?done=refused` }
    },
  },
]

/** What stood before somebody when they decided: the form carries its root. */
function seenBy(visit: Visit): { batchId: string; root: string } {
  return { batchId: visit.params['batch'] as string, root: field(visit, 'root') }
}

const DONE: Readonly<Record<string, string>> = {
  proposed:
    'The destruction is proposed. Nothing is destroyed until somebody else approves it. They see it on their start page.',
  approved: 'Your approval is recorded.',
  refused: 'The destruction is refused. Every recording stays.',
}

async function show(visit: Visit, errors: readonly FieldError[]): Promise<Answer> {
  const { service, actor, query } = visit
  const batch = await readBatch(service.ops, actor, visit.params['batch'] as string)
  const to = (path: string) => pathTo(path, { batch: batch.id })
  const decides = batch.state === 'proposed' && couldEver(actor, 'batch.approve')
  const mayDecide = decides && batch.proposedBy !== actor.id && !batch.decidedBy.includes(actor.id)
  // A form is where what was typed can be lost: whoever may decide proves who they are before they see it.
  if (mayDecide && !actor.stepUp) return { redirect: toProve(to(PATHS.batch)) }
  const signed = batch.isCertified ? await readCertificate(service.ops, actor, batch.id) : undefined
  const isMoving = batch.state === 'approved' || batch.state === 'destroying'
  return {
    page: 'pages/archive/batch/show/show.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title:
        batch.state === 'destroyed' ? 'Certificate of destruction' : `Destruction of ${recordingsWords(batch.items)}`,
      back: pathTo(PATHS.archiveBatches, { archive: batch.archive }),
      backText: 'Destruction of recordings',
      // What was said when somebody decided is over when the recordings are gone.
      done: batch.state === 'destroyed' ? undefined : DONE[query['done'] ?? ''],
      batch,
      tag: STATE_WORDS[batch.state],
      ...figures(batch),
      approval: approvalWords(batch),
      stopped: stoppedRows(batch),
      isMoving,
      mayApprove: mayDecide && !batch.stale && batch.changed === 0,
      mayRefuse: mayDecide,
      own: decides && batch.proposedBy === actor.id,
      decided: batch.state === 'proposed' && batch.decidedBy.includes(actor.id),
      approve: to(PATHS.batchApprove),
      refuse: to(PATHS.batchRefuse),
      reasons: field(visit, 'reasons'),
      certificate: signed && (JSON.parse(signed.certificate.toString()) as unknown),
      digest: signed?.digest,
      files: [
        { href: to(PATHS.batchCertificatePdf), text: 'Certificate to read and print (PDF)' },
        { href: to(PATHS.batchCertificate), text: 'Certificate as it was signed (JSON)' },
        { href: to(PATHS.batchSignature), text: 'Signature (64 bytes, Ed25519)' },
        { href: to(PATHS.batchPublicKey), text: 'Public key of this installation (PEM)' },
        { href: to(PATHS.batchLeaves), text: 'One line for each recording (NDJSON)' },
      ],
      ...errorsView(errors),
    },
  }
}

function figures(batch: BatchInFull) {
  const sample = batch.sample
  return {
    size: bytesWords(batch.bytes),
    length: hoursWords(batch.durationMs),
    classes: batch.classes.map(({ name, count: items }) => ({ text: BATCH_CLASS_WORDS[name] ?? name, count: items })),
    rules: batch.rules.map(({ name, count: items }) => ({ text: RULE_WORDS[name] ?? name, count: items })),
    months: batch.months.map(({ name, count: items }) => ({
      text: name === '' ? 'Month not known' : monthWords(name),
      count: items,
    })),
    places: batch.places.map(({ title, found }) => ({
      title,
      tag: FINDING_WORDS[found as keyof typeof FINDING_WORDS],
    })),
    openPlaces: batch.places.filter(({ found }) => !['gone', 'nothing_there'].includes(found)).length,
    placesHref: pathTo(PATHS.archivePlaces, { archive: batch.archive }),
    sample: sample && {
      says: boundWords({ wrong: sample.wrong, items: sample.looked, of: sample.of, atMost: sample.atMost }),
      by: sample.lookedBy.join(', '),
    },
  }
}
