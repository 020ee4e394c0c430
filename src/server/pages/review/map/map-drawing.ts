import { latitude, longitude } from '../place-words.ts'

const WIDTH = 960
const HEIGHT = 600
const MARGIN = 40
/** Degrees between two lines of the graticule, from wide to narrow. */
const STEPS = [30, 15, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001]
const METRES_PER_DEGREE = 111_320
const NARROWEST = 0.004
/** How high and how broad a label may be, as the style sheet draws it on a phone. */
const [LABEL, LONGEST_LABEL] = [30, 130]
/** Points nearer than this hide each other. */
const APART = 30

/** A point of the map, with the number by which the list beside it knows it. */
export interface Point {
  readonly lat: number
  readonly lon: number
  readonly number: number
}

/**
 * Draws points on a graticule, without any map beneath: no request leaves the service, so that nobody learns where somebody looked. Equirectangular,
 * true to scale in the middle. Numbers for a template to write as SVG.
 */
export function drawMap(points: readonly Point[]) {
  if (points.length === 0) return undefined
  const lats = points.map(({ lat }) => lat)
  const lons = points.map(({ lon }) => lon)
  const middle = { lat: (Math.min(...lats) + Math.max(...lats)) / 2, lon: (Math.min(...lons) + Math.max(...lons)) / 2 }
  // A degree of longitude is shorter than one of latitude, the more so the further from the equator.
  const squeeze = Math.max(0.05, Math.cos((middle.lat * Math.PI) / 180))
  const tall = Math.max(NARROWEST, Math.max(...lats) - Math.min(...lats)) * 1.15
  const broad = Math.max(NARROWEST, (Math.max(...lons) - Math.min(...lons)) * squeeze) * 1.15
  const scale = Math.min((HEIGHT - 2 * MARGIN) / tall, (WIDTH - 2 * MARGIN) / broad)
  const x = (lon: number) => round(WIDTH / 2 + (lon - middle.lon) * squeeze * scale)
  const y = (lat: number) => round(HEIGHT / 2 - (lat - middle.lat) * scale)
  const step = STEPS.find((one) => one * scale <= 220) ?? (STEPS.at(-1) as number)
  const digits = Math.max(0, Math.ceil(-Math.log10(step)))
  // Labels of lines that stand close would cover each other, and one at the right edge would be cut off.
  const every = Math.ceil(LONGEST_LABEL / (step * squeeze * scale))
  const isLabelled = (lon: number) => Math.round(lon / step) % every === 0 && x(lon) <= WIDTH - LONGEST_LABEL
  const metresPerPixel = METRES_PER_DEGREE / scale
  const bar = niceLength(metresPerPixel * 200)
  return {
    width: WIDTH,
    height: HEIGHT,
    points: together(points.map(({ lat, lon, number }) => ({ x: x(lon), y: y(lat), number }))),
    across: lines(middle.lat - HEIGHT / 2 / scale, middle.lat + HEIGHT / 2 / scale, step, 90).map((lat) => ({
      at: y(lat),
      label: latitude(lat, digits),
      // At the upper edge there is room below the line alone.
      below: y(lat) < LABEL,
    })),
    down: lines(middle.lon - WIDTH / 2 / scale / squeeze, middle.lon + WIDTH / 2 / scale / squeeze, step, 180).map(
      (lon) => ({ at: x(lon), label: isLabelled(lon) ? longitude(lon, digits) : '' }),
    ),
    bar: { width: round(bar / metresPerPixel), label: bar >= 1000 ? `${bar / 1000} km` : `${bar} m` },
  }
}

/** Points that would hide each other are one, with how many more there are. */
function together(points: readonly { readonly x: number; readonly y: number; readonly number: number }[]) {
  const drawn: { x: number; y: number; number: number; more: number }[] = []
  for (const point of points) {
    const near = drawn.find(({ x, y }) => Math.hypot(x - point.x, y - point.y) < APART)
    if (near) near.more++
    else drawn.push({ ...point, more: 0 })
  }
  return drawn
}

function lines(from: number, to: number, step: number, most: number): number[] {
  const found: number[] = []
  for (let n = Math.ceil(from / step); n * step <= to && found.length < 40; n++)
    if (Math.abs(n * step) <= most) found.push(n * step)
  return found
}

/** 1, 2 or 5 of a power of ten, in metres, as long as can be drawn. */
function niceLength(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return ([5, 2].find((one) => one * power <= most) ?? 1) * power
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
