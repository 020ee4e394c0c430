import { isShort, type Part } from './parts.ts'

/** Of a drawing without a unit: its view box is so wide and high, and it grows with the page. */
const WIDTH = 1000
const HEIGHT = 120
/** Between two bars, as a share of one. */
const GAP = 0.15

/** A part with where its bars stand: upright where there are many of one kind, as months are; lying where each has a name of its own. */
export function drawn({ lines, bars, ...part }: Part) {
  if (bars === undefined || bars.bars.length === 0)
    return {
      ...part,
      // What is told in words alone stands below itself on a narrow screen.
      isWords: lines?.every((line) => !isShort(line)),
      lines: lines?.map((line) => ({ ...line, isShort: isShort(line) })),
    }
  const most = Math.max(1, ...bars.bars.map(({ values }) => values[0] ?? 0))
  const isUpright = part.id === 'months'
  const wide = WIDTH / bars.bars.length
  return {
    ...part,
    bars: {
      head: bars.head,
      first: bars.bars[0]?.label,
      last: bars.bars.at(-1)?.label,
      isUpright,
      // Where every month is too small to be told there is nothing to draw.
      isDrawn: bars.bars.some(({ values }) => (values[0] ?? 0) > 0),
      rows: bars.bars.map(({ id, label, values }, at) => {
        const share = (values[0] ?? 0) / most
        // What is there and small is seen; what is not told is not drawn.
        const high = share === 0 ? 0 : Math.max(1, Math.round(share * HEIGHT))
        return {
          id,
          label,
          values,
          x: round(at * wide),
          width: round(wide * (1 - GAP)),
          y: HEIGHT - high,
          height: high,
          percent: share === 0 ? 0 : Math.max(0.5, round(share * 100)),
        }
      }),
    },
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
