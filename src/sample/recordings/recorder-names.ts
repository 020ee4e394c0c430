import type { Random } from '../random.ts'
import { clockInBritain, comesTwice, type Shown } from './british-clock.ts'

/** A call that was recorded. */
export interface RecordedCall {
  /** of the other side, E.164; none where it was withheld */
  readonly number?: string
  /** as the phone's address book has it */
  readonly contact?: string
  readonly direction: 'in' | 'out'
  /** milliseconds since 1970 */
  readonly startedAt: number
}

/** A recording's name, and what it tells of its call. */
export interface RecordingName {
  readonly recorder: string
  /** with the folders in which the recorder keeps it, from the phone's storage on */
  readonly path: string
  readonly told: {
    readonly number?: string
    readonly contact?: string
    readonly direction?: 'in' | 'out'
    /** every instant that the name can mean, milliseconds since 1970; absent where it tells no time */
    readonly at?: readonly number[]
  }
}

type Writer = (call: RecordedCall, random: Random) => RecordingName

const two = (value: number) => String(value).padStart(2, '0')
const four = (value: number) => String(value).padStart(4, '0')

/** Digits of a time, with what stands between them. */
function stamp({ year, month, day, hour, minute, second }: Shown, pattern: string): string {
  const values: Record<string, string> = {
    Y: four(year),
    y: two(year % 100),
    M: two(month),
    D: two(day),
    h: two(hour),
    m: two(minute),
    s: two(second),
  }
  return pattern.replaceAll(/[YyMDhms]/g, (letter) => values[letter] ?? letter)
}

/** What a clock's time can mean, cut to `unit` milliseconds. */
function meant(at: number, unit: number): number[] {
  const cut = at - (at % unit)
  if (!comesTwice(at)) return [cut]
  const back = clockInBritain(at - 3_600_000).hour === clockInBritain(at).hour ? at - 3_600_000 : at
  const first = back - (back % unit)
  return [first, first + 3_600_000]
}

/** As phones in Britain write it: national, or international. */
function written(number: string, random: Random): string {
  if (!number.startsWith('+44')) return number
  return random.chance(0.6) ? `0${number.slice(3)}` : number
}

const WRITERS: Readonly<Record<string, Writer>> = {
  bcr({ number, contact, direction, startedAt }, random) {
    const summer = clockInBritain(startedAt).hour !== new Date(startedAt).getUTCHours()
    const digits = random.below(4)
    const fraction =
      digits === 0
        ? ''
        : `.${String(startedAt % 1000)
            .padStart(3, '0')
            .slice(0, digits)}`
    const told = number === undefined ? undefined : written(number, random)
    const sim = random.chance(0.3) ? `_sim${1 + random.below(2)}` : ''
    const named = told === undefined || contact === undefined ? '' : `_${contact}`
    const stem = `${stamp(clockInBritain(startedAt), 'YMD_hms')}${fraction}${summer ? '+0100' : '+0000'}_${direction}${sim}${told === undefined ? '' : `_${told}`}${named}`
    const unit = 10 ** (3 - digits)
    return {
      recorder: 'bcr',
      path: `Android/data/com.chiller3.bcr/files/${stem}.${random.pick(['oga', 'm4a', 'flac', 'wav', 'amr'])}`,
      told: {
        number: told,
        contact: named === '' ? undefined : contact,
        direction,
        at: [startedAt - (startedAt % unit)],
      },
    }
  },
  cube({ number, contact, direction, startedAt }, random) {
    const told = number === undefined ? undefined : written(number, random)
    const arrow = direction === 'out' ? '↗' : '↙'
    const lost = random.chance(0.2)
    const shown = lost ? '' : random.chance(0.1) ? ` ${{ '↗': 'â†—', '↙': 'â†™' }[arrow]}` : ` ${arrow}`
    const via = random.pick(['phone', 'phone', 'whatsapp'])
    const who = told === undefined ? 'Unknown' : contact === undefined ? told : `${contact} (${told})`
    return {
      recorder: 'cube',
      path: `CubeCallRecorder/All/${stamp(clockInBritain(startedAt), 'Y-M-D h-m-s')} (${via}) ${who}${shown}.${random.pick(['m4a', 'amr'])}`,
      told: {
        number: told,
        contact: told === undefined ? undefined : contact,
        direction: lost ? undefined : direction,
        at: meant(startedAt, 1000),
      },
    }
  },
  'acr-phone'({ number, direction, startedAt }, random) {
    const told = number === undefined ? undefined : written(number, random)
    const day = stamp(clockInBritain(startedAt), 'Y/M/D')
    return {
      recorder: 'acr-phone',
      path: `Recordings/ACRPhone/${day}/${told ?? 'Unknown'}/${told ?? 'Unknown'}-${direction === 'in' ? 0 : 1}-${startedAt}.m4a`,
      told: { number: told, direction, at: [startedAt] },
    }
  },
  acr({ number, contact, direction, startedAt }, random) {
    const told = number === undefined ? undefined : written(number, random)
    const named = contact === undefined || told === undefined ? '' : `${contact}_`
    const time = stamp(clockInBritain(startedAt), 'Y_M_D_h_m_s')
    return {
      recorder: 'acr',
      path: `ACR Recordings/${named}${told ?? 'Unknown'}_${time}_${direction === 'in' ? 0 : 1}.${random.pick(['mp3', 'm4a'])}`,
      told: { number: told, contact: named === '' ? undefined : contact, direction, at: meant(startedAt, 1000) },
    }
  },
  samsung({ number, contact, startedAt }, random) {
    const told = number === undefined ? undefined : written(number, random)
    return {
      recorder: 'samsung',
      path: `Recordings/Call/Call recording ${contact ?? told ?? 'Unknown'}_${stamp(clockInBritain(startedAt), 'yMD_hms')}.m4a`,
      told: {
        number: contact === undefined ? told : undefined,
        contact,
        at: meant(startedAt, 1000),
      },
    }
  },
  xiaomi({ number, contact, startedAt }, random) {
    const told = number?.replace('+', '00')
    const prefix = random.chance(0.4) ? 'Вызов@' : ''
    const shown = contact ?? told ?? 'Unknown'
    return {
      recorder: 'xiaomi',
      path: `MIUI/sound_recorder/call_rec/${prefix}${shown}(${told ?? 'Unknown'})_${stamp(clockInBritain(startedAt), 'YMDhms')}.mp3`,
      told: { number: told, contact, at: meant(startedAt, 1000) },
    }
  },
  huawei({ number, contact, startedAt }, random) {
    const told = number === undefined ? undefined : written(number, random)
    return {
      recorder: 'huawei',
      path: `Sounds/CallRecord/${contact ?? ''}@${told ?? 'Unknown'}_${stamp(clockInBritain(startedAt), 'YMDhms')}.amr`,
      told: { number: told, contact, at: meant(startedAt, 1000) },
    }
  },
  coloros({ number, contact, startedAt }, random) {
    const told = number === undefined ? undefined : written(number, random)
    return {
      recorder: 'coloros',
      path: `Record/PhoneRecord/${contact ?? told ?? 'Unknown'}-${stamp(clockInBritain(startedAt), 'yMDhm')}.mp3`,
      told: { number: contact === undefined ? told : undefined, contact, at: meant(startedAt, 60_000) },
    }
  },
  lineage({ number, startedAt }, random) {
    const told = number === undefined ? undefined : written(number, random)
    const time = `${stamp(clockInBritain(startedAt), 'yMD_hms')}${String(startedAt % 1000).padStart(3, '0')}`
    return {
      recorder: 'lineage',
      path: `Music/Call Recordings/${told ?? 'Unknown'}_${time}.amr`,
      told: { number: told, at: meant(startedAt, 1) },
    }
  },
  graphene({ number, startedAt }, random) {
    const told = number === undefined ? undefined : written(number, random)
    return {
      recorder: 'graphene',
      path: `Recordings/CallRecord_${stamp(clockInBritain(startedAt), 'YMD-hms')}_${told ?? 'Unknown'}.wav`,
      told: { number: told, at: meant(startedAt, 1000) },
    }
  },
  lg({ number, direction, startedAt }, random) {
    const told = number === undefined ? undefined : written(number, random)
    const bit = direction === 'in' ? 0 : 1
    if (random.chance(0.5))
      return {
        recorder: 'lg',
        path: `VoiceRecorder/my_sounds/call_rec/${told ?? 'null'}_${bit}_${startedAt}.${random.pick(['mp3', 'mp4'])}`,
        told: { number: told, at: [startedAt] },
      }
    const digits = number ?? 'null'
    return {
      recorder: 'lg',
      path: `VoiceRecorder/my_sounds/call_rec/${bit}d${stamp(clockInBritain(startedAt), 'YMDhms')}p${digits}.${random.pick(['3gp', 'mp4'])}`,
      told: { number, at: meant(startedAt, 1000) },
    }
  },
  'acr-legacy'({ number, startedAt }, random) {
    const told = number === undefined ? undefined : written(number, random)
    return {
      recorder: 'acr-legacy',
      path: `ACRCalls/${told ?? 'Unknown'}-${stamp(clockInBritain(startedAt), 'DMy')} ${stamp(clockInBritain(startedAt), 'h.m')}.3gp`,
      told: { number: told },
    }
  },
}

/** The recorders whose names can be written. */
export const NAMED_RECORDERS: readonly string[] = Object.keys(WRITERS)

/** A recording's name as a recorder writes it. `recorder`: one of `NAMED_RECORDERS`. */
export function recordingName(recorder: string, call: RecordedCall, random: Random): RecordingName {
  const write = WRITERS[recorder]
  if (write === undefined) throw new TypeError('no recorder of that name')
  return write(call, random)
}

/** What happens to names on their way: copies, capitals, decomposed letters, spaces. The call that they tell of stays the same. */
export function handled(path: string, random: Random): string {
  const dot = path.lastIndexOf('.')
  const [stem, extension] = [path.slice(0, dot), path.slice(dot)]
  switch (random.below(8)) {
    case 0:
      return `${stem} (1)${extension}`
    case 1:
      return stem + extension.toUpperCase()
    case 2:
      return path.normalize('NFD')
    case 3:
      return `${stem} ${extension}`
    default:
      return path
  }
}
