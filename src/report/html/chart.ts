import type { Chart } from '../document.ts'
import { number } from '../words.ts'
import { escape } from './escape.ts'

const WIDTH = 960
const HEIGHT = 150

/** Draws bars as an SVG picture, with the same said in words and, bar by bar, in a list. */
export function writeChart({ caption, summary, bars }: Chart, at: number): string {
  const most = Math.max(1, ...bars.map(({ value }) => value))
  const step = WIDTH / bars.length
  const wide = Math.min(Math.max(1, step * 0.8), 60)
  const drawn = bars
    .map(({ label, value }, index) => {
      if (value === 0) return ''
      const height = Math.max(2, (value / most) * HEIGHT)
      const x = index * step + (step - wide) / 2
      return `<rect x="${round(x)}" y="${round(HEIGHT - height)}" width="${round(wide)}" height="${round(height)}" fill="#0c4a45"><title>${escape(label)}: ${number(value)}</title></rect>`
    })
    .join('')
  const [first, last] = [bars[0]?.label ?? '', bars.at(-1)?.label ?? '']
  // Words stand beside the picture, so that they keep their size where it is narrow.
  return `<figure class="chart"><figcaption id="c-${at}">${escape(caption)}</figcaption>
<p class="axis"><span>${number(most)}</span></p>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-labelledby="c-${at} s-${at}">${drawn}</svg>
<p class="axis"><span>${escape(first)}</span>${bars.length > 1 ? `<span>${escape(last)}</span>` : ''}</p>
<p id="s-${at}">${escape(summary)}</p>
<ul class="columns">${bars
    .filter(({ value }) => value > 0)
    .map(({ label, value }) => `<li>${escape(label)}: ${number(value)}</li>`)
    .join('')}</ul></figure>`
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}
