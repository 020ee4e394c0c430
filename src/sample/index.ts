/**
 * Sample: phones that never were. Knows a story and how each system would have written it down, and says beside every phone
 * what is on it. Does not know readers, scopes or law, and reads nothing back.
 * Invariant: the truth follows from the story alone, and the same kind, number and seed give the same bytes.
 */
export { makeSample, type Sample, SAMPLE_KINDS, SAMPLE_PASSWORD, SampleError, type SampleKind } from './make-sample.ts'
export { type Random, randomFrom } from './random.ts'
export {
  handled,
  NAMED_RECORDERS,
  type RecordedCall,
  type RecordingName,
  recordingName,
} from './recordings/recorder-names.ts'
export { SOUND_KINDS, type SoundFile, soundFile, type SoundKind } from './recordings/audio-bytes.ts'
export { makeSampleArchive, type SampleArchive, type TrueRecording } from './recordings/sample-archive.ts'
