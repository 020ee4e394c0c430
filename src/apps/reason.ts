/** Why something is so, or may not be done. A verdict without one is no verdict. */
export interface Reason {
  /** stable name, e.g. `dpia_out_of_date` */
  readonly code: string
  /** one sentence for whoever asked; holds nothing that a person wrote */
  readonly says: string
  /** the law or guidance that it comes from; `own` where it is a choice of this software */
  readonly source: string
  /** what it is about, where there are several: a field, a permission, a role */
  readonly about?: string
}
