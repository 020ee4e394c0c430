/** How finely a name tells the time. */
export type Precision = 'millisecond' | 'second' | 'minute'

/** When a call began, as a file's name tells it. */
export interface NamedTime {
  /**
   * milliseconds since 1970, earliest first. Two where a time without a zone lies in the hour that comes twice in October;
   * none where clocks in Britain never showed it
   */
  readonly at: readonly number[]
  readonly precision: Precision
  /** whether the name says the zone, or is read by clocks in Britain because phones of a British force wrote it */
  readonly zone: 'said' | 'british'
}

export type Direction = 'in' | 'out' | 'conference'

/** What a file's name tells of a call. Only what it tells: what is absent is unknown, and never guessed. */
export interface NamedCall {
  /** the id of the recorder, or of the template that was learnt */
  readonly recorder: string
  /** as written; several of a conference */
  readonly numbers: readonly string[]
  readonly contact?: string
  readonly direction?: Direction
  readonly started?: NamedTime
  /** what carried the call, where it was not the phone itself: `whatsapp` … */
  readonly via?: string
  /** 1 or 2 … */
  readonly sim?: number
}
