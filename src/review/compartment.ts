/** Where a record of an extract is seen: by whoever reviews it, by counsel alone, or by whoever decides what becomes of excess (law rows G1, B21). */
export const COMPARTMENTS = ['main', 'privileged', 'excess'] as const
export type Compartment = (typeof COMPARTMENTS)[number]

/** A tag on a record, by the record's id. */
export interface TagOn {
  readonly id: string
  readonly tag: string
}

/** What somebody tagged so is seen no more where it was; privileged goes before excess, because counsel looks first. */
export function compartmentOf(tags: ReadonlySet<string>): Compartment {
  return tags.has('privileged') ? 'privileged' : tags.has('excess') ? 'excess' : 'main'
}
