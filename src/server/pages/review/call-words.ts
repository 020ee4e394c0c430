import type { Call } from '../../../records/index.ts'

const OUTCOMES: Readonly<Record<NonNullable<Call['outcome']>, string>> = {
  answered: 'answered',
  missed: 'missed',
  rejected: 'rejected',
  cancelled: 'cancelled',
  voicemail: 'went to voicemail',
  blocked: 'blocked',
  unanswered: 'not answered',
}
/** Those that stand before what it was, as people say it: a missed call. */
const BEFORE: ReadonlySet<Call['outcome']> = new Set(['missed', 'rejected', 'cancelled', 'blocked'])

/** What became of a call, and how long it was: nobody spoke for no seconds on a call that nobody answered. */
export function callWords({ outcome, video, duration_seconds }: Pick<Call, 'outcome' | 'video' | 'duration_seconds'>) {
  const call = video ? 'video call' : 'call'
  const what =
    outcome === undefined ? [call] : BEFORE.has(outcome) ? [`${OUTCOMES[outcome]} ${call}`] : [call, OUTCOMES[outcome]]
  const none =
    duration_seconds === undefined || (duration_seconds === 0 && outcome !== 'answered' && outcome !== undefined)
  const words = [...what, ...(none ? [] : [lasting(duration_seconds)])].join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A length of time in hours, minutes and seconds. */
export function lasting(seconds: number): string {
  const whole = Math.floor(seconds)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return [h > 0 ? `${h} h` : '', m > 0 ? `${m} min` : '', s > 0 || whole < 60 ? `${s} s` : ''].filter(Boolean).join(' ')
}
