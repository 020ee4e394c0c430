import { dpiaDigest, instructionDigest } from '../../../../apps/index.ts'
import type { Part } from './context.ts'

/** Who answers for it, of those who own apps. */
export const ownerPart: Part = {
  intro: ['Whoever answers for an app may not decide on it, and may not approve its assessment.'],
  questions: ({ owners }) => [
    {
      ask: 'one',
      name: 'owner',
      large: true,
      label: 'Who answers for it?',
      of: owners.map(({ id, says }) => ({ value: id, text: says })),
    },
  ],
  answers: ({ entry }) => ({ owner: entry.owner?.id }),
  read: async (given, { owners, person }) => {
    const id = given.one(
      'owner',
      owners.map((one) => one.id),
      'Choose who answers for it',
    )
    const { one: owner, errors } = await person('owner', id)
    given.errors.push(...(given.errors.length > 0 ? [] : errors))
    return given.read((entry) => ({ ...entry, ...(owner && { owner }) }))
  },
}

/** Which revision of which assessment counts for it. */
export const assessmentPart: Part = {
  intro: [
    'The revision that you choose is the one that counts. After a change of it, or a new revision, choose again.',
  ],
  questions: ({ dpias }) => [
    {
      ask: 'one',
      name: 'dpia',
      large: true,
      label: 'Which assessment is about this app?',
      ...(dpias.length === 0 && { hint: 'None names this app yet. Begin one under Assessments.' }),
      of: dpias.map(({ id, reference, title, revision, standing }) => ({
        value: id,
        text: `${reference}, revision ${revision}: ${title}`,
        hint: standing.verdict === 'in_date' ? 'Approved and in date' : 'Not approved, or not in date',
      })),
    },
  ],
  answers: ({ entry, dpias }) => ({
    dpia: dpias.find(({ document }) => dpiaDigest(document) === entry.dpia?.digest)?.id,
  }),
  read: (given, { dpias }) => {
    const id = given.one(
      'dpia',
      dpias.map((one) => one.id),
      'Choose an assessment',
    )
    const chosen = dpias.find((one) => one.id === id)
    const dpia = chosen && { reference: chosen.reference, digest: dpiaDigest(chosen.document) }
    return given.read((entry) => ({ ...entry, ...(dpia && { dpia }) }))
  },
}

/** Which instruction goes with it. */
export const instructionPart: Part = {
  intro: ['What staff read, and answer questions on, before they get it.'],
  questions: ({ file: { facts } }) => [
    {
      ask: 'one',
      name: 'instruction',
      large: true,
      label: 'Which instruction goes with it?',
      ...(facts.instruction === undefined && { hint: 'Nobody has written one yet.' }),
      of:
        facts.instruction === undefined
          ? []
          : [{ value: instructionDigest(facts.instruction), text: `Version ${facts.instruction.version}, the newest` }],
    },
  ],
  answers: ({ entry }) => ({ instruction: entry.instruction }),
  read: (given, { file: { facts } }) => {
    const newest = facts.instruction === undefined ? [] : [instructionDigest(facts.instruction)]
    const instruction = given.one('instruction', newest, 'Choose the instruction')
    return given.read((entry) => ({ ...entry, instruction }))
  },
}
