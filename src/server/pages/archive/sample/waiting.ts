import { type SampleWaiting, samplesWaiting } from '../../../../actions/index.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { WaitingList } from '../../home/waiting.ts'
import { recordingsWords } from '../recording-words.ts'

/** What the second look at an archive waits for of this person. */
export const samplesToLookAt: WaitingList = async (ops, actor) =>
  (await samplesWaiting(ops, actor)).map((one) => ({
    ...words(one),
    href: pathTo(PATHS.archiveSample, { archive: one.archive }),
    since: one.since,
  }))

function words({ waits, title, recordings = 0 }: SampleWaiting): { text: string; hint: string } {
  const count = recordingsWords(recordings)
  const [are, were] = recordings === 1 ? ['is', 'was'] : ['are', 'were']
  if (waits === 'draw')
    return {
      text: `Draw a sample of “${title}”`,
      hint: 'Recordings can be proposed for destruction only when a sample of them was looked at again.',
    }
  if (waits === 'look')
    return {
      text: `Look again at recordings of “${title}”`,
      hint: `${count} of the sample ${are} left. You read what the registers say of each; nobody listens.`,
    }
  return {
    text: `Find out what the registers of “${title}” lack`,
    hint: `${count} of the sample ${were} found wrong. Give what is missing, and have the archive matched again.`,
  }
}
