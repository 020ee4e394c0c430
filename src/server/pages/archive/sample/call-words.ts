import type { SampledRecording } from '../../../../actions/index.ts'
import { callLines, told } from '../call-lines.ts'

/** What is known of a call of the sample, line by line. */
export function callWords({ phone, known, durationMs, container }: SampledRecording) {
  const { facts, named, path } = known?.details ?? {}
  const [otherParty, ...rest] = callLines(facts, durationMs ?? undefined)
  return told([
    ...(otherParty === undefined ? [] : [otherParty]),
    { key: 'Name in the file', values: named?.contact === undefined ? [] : [named.contact], none: 'None' },
    ...rest,
    {
      key: 'Phone',
      values: [...(phone === null ? [] : [`Phone ${phone} of this archive`]), ...(facts?.devices ?? [])],
    },
    { key: 'File', values: [...(path === undefined ? [] : [path]), ...(container === null ? [] : [container])] },
  ])
}
