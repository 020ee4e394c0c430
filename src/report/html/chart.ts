import type { Chart } from '../document.ts'
import { number } from '../words.ts'
import { escape } from './escape.ts'

const WIDTH = 960
const HEIGHT = 200
const FOOT = 24
const TOP = 22

/** Draws bars as an SVG picture, with the same said in words and, bar by bar, in a list. */
export function writeChart({ caption, summary, bars }: Chart, at: number): string {
  const most = Math.max(1, ...bars.map(({ value }) => value))
  const step = WIDTH / bars.length
  const wide = Math.min(Math.max(1, step * 0.8), 60)
  const drawn = bars
    .map(({ label, value }, index) => {
      if (value === 0) return ''
      const height = Math.max(2, (value / most) * (HEIGHT - TOP - FOOT))
      const x = index * step + (step - wide) / 2
      return `<rect x="${round(x)}" y="${round(HEIGHT - FOOT - height)}" width="${round(wide)}" height="${round(height)}" fill="#0c4a45"><title>${escape(label)}: ${number(value)}</title></rect>`
    })
    .join('')
  const [first, last] = [bars[0]?.label ?? '', bars.at(-1)?.label ?? '']
  const ends =
    bars.length === 1
      ? `<text x="${WIDTH / 2}" y="${HEIGHT - 6}" text-anchor="middle">${escape(first)}</text>`
      : `<text x="0" y="${HEIGHT - 6}">${escape(first)}</text><text x="${WIDTH}" y="${HEIGHT - 6}" text-anchor="end">${escape(last)}</text>`
  return `<figure class="chart"><figcaption id="c-${at}">${escape(caption)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="c-${at} s-${at}" font-size="15" fill="#50605e"><line x1="0" x2="${WIDTH}" y1="${TOP}" y2="${TOP}" stroke="#c3cecb"/><text x="0" y="${TOP - 7}">${number(most)}</text>${drawn}<line x1="0" x2="${WIDTH}" y1="${HEIGHT - FOOT}" y2="${HEIGHT - FOOT}" stroke="#13201f"/>${ends}</svg>
<p id="s-${at}">${escape(summary)}</p>
<ul class="columns">${bars
    .filter(({ value }) => value > 0)
    .map(({ label, value }) => `<li>${escape(label)}: ${number(value)}</li>`)
    .join('')}</ul></figure>`
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}
