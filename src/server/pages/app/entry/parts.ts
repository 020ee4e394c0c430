import type { EntryPart } from '../../../../actions/index.ts'

/** The parts of an entry in the order in which they are written, with what each is called. */
export const PART_TITLES: Readonly<Record<EntryPart, string>> = {
  app: 'What it is',
  owner: 'Who answers for it',
  version: 'Version that is assessed',
  supplier: 'Supplier',
  data: 'What data it handles',
  flows: 'Where data goes',
  roles: 'Which roles may have it',
  recording: 'Whether it records',
  restriction: 'Whether it can be kept to those roles',
  assessment: 'Impact assessment',
  security: 'Security review',
  instruction: 'Instruction for staff',
  review: 'Next review',
  exit: 'Exit plan',
}

/** In which part a field stands that `missingFromEntry` names. */
export const PART_OF_FIELD: Readonly<Record<string, EntryPart>> = {
  app: 'app',
  publisher: 'app',
  purpose: 'app',
  versions: 'version',
  owner: 'owner',
  supplier: 'supplier',
  data_classes: 'data',
  data_flows: 'flows',
  roles: 'roles',
  defaults: 'recording',
  restrictability: 'restriction',
  dpia: 'assessment',
  security_review: 'security',
  instruction: 'instruction',
  review_on: 'review',
  exit_plan: 'exit',
}
