import type { Bar, Stretch } from '../../../../review/index.ts'
import { withQuery } from '../filter-fields.ts'
import { dayOf, dayWritten } from '../moments.ts'

const WIDTH = 960
const HEIGHT = 120

/** Bars as a picture: numbers for a template to write as SVG, with the same in words. Each bar leads to its stretch of time. */
export function drawHistogram(
  { stretch, bars, undated }: { stretch: Stretch; bars: readonly Bar[]; undated: number },
  path: string,
  query: Readonly<Record<string, string>>,
) {
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const step = WIDTH / Math.max(1, bars.length)
  const wide = Math.min(Math.max(1, step * 0.8), 60)
  const fullest = bars.reduce<Bar | undefined>((best, bar) => (best && best.count >= bar.count ? best : bar), undefined)
  const total = bars.reduce((sum, { count }) => sum + count, 0)
  return {
    width: WIDTH,
    height: HEIGHT,
    most,
    unit: stretch.name,
    bars: bars.map(({ fromMs, toMs, count }, at) => {
      const height = count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT)
      return {
        x: round(at * step + (step - wide) / 2),
        y: round(HEIGHT - height),
        width: round(wide),
        height: round(height),
        count,
        label: dayOf(fromMs),
        href: withQuery(path, { ...query, from: dayWritten(fromMs), to: dayWritten(toMs - 1) }),
      }
    }),
    first: bars[0] && dayOf(bars[0].fromMs),
    last: bars.at(-1) && dayOf((bars.at(-1) as Bar).toMs - 1),
    says:
      fullest === undefined
        ? 'Nothing here has a usable time.'
        : `${total} with a usable time; the most in one ${stretch.name}, ${fullest.count}, ${stretch.name === 'day' ? 'on' : 'from'} ${dayOf(fullest.fromMs)}.${undated > 0 ? ` ${undated} without a usable time.` : ''}`,
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
