import { NoticeError } from './errors.ts'

/** Who a paper is from, and who is above them: settings of the force, because both change (law trap 0.1.12). */
export interface Force {
  readonly name: string
  /** telephone, e-mail, address, as people write them; at least one */
  readonly contact: readonly string[]
  readonly regulator: { readonly name: string; readonly contact: readonly string[] }
}

/** What the words need of a force. Throws NoticeError NO_CONTACT: a paper that says whom to ask must say how. */
export function forceValues({ name, contact, regulator }: Force) {
  const lists = [contact, regulator.contact].map((list) => list.map((one) => one.trim()).filter((one) => one !== ''))
  if (name.trim() === '' || regulator.name.trim() === '' || lists.some((list) => list.length === 0))
    throw new NoticeError(
      'NO_CONTACT',
      'the force or the regulator has no name or contact',
      'add them to the settings of the service',
    )
  return {
    force: name,
    contact: lists[0]?.join(', ') ?? '',
    regulator: regulator.name,
    regulator_contact: lists[1]?.join(', ') ?? '',
  }
}
