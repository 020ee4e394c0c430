/** What kinds of file recorders write. */
export type Container = 'amr' | 'amr-wb' | '3gp' | 'm4a' | 'ogg' | 'wav' | 'flac' | 'mp3'

/**
 * Whether a recording is there to its end. *Damaged* is what a recorder leaves that crashed, or a copy that was cut: its bytes
 * may hold a whole call, and it is never called empty. *Empty* holds no sound at all.
 */
export type State = 'whole' | 'damaged' | 'empty'

/** What is wrong with a recording, by a word that does not change. */
export type Damage =
  /** it ends before its own headers say, or within a frame */
  | 'cut_short'
  /** the part that says where the sound lies was never written */
  | 'no_index'
  /** a header was never brought up to date when recording ended */
  | 'never_closed'
  /** bytes that can be no frame; what stands behind them is not counted */
  | 'not_frames'
  /** headers contradict themselves or lie outside the file */
  | 'odd_headers'

/** What a file says of its sound. Nothing is decoded, and nothing is played. */
export interface Audio {
  readonly container: Container
  /** `amr-nb`, `amr-wb`, `aac`, `opus`, `vorbis`, `pcm`, `flac`, `mp3`, or the four letters of another */
  readonly codec?: string
  /** milliseconds, to a fraction; of a damaged file what can be counted; absent where nothing can */
  readonly durationMs?: number
  readonly state: State
  readonly damage?: Damage
}

/** A file whose bytes can be asked for anywhere: `OpenFile` of the acquisition is one. */
export interface AudioFile {
  readonly size: number
  at(offset: number, length: number): Promise<Uint8Array>
}
