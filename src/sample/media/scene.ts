import { type Random, randomFrom } from '../random.ts'
import type { Scene } from '../story/types.ts'
import type { Raster } from './jpeg.ts'

type Colour = readonly [number, number, number]

/** Paints a small picture of a kind of place: skies, houses, water, lamps. The seed decides the details. */
export function paint(scene: Scene, width: number, height: number, seed: string): Raster {
  const random = randomFrom(seed)
  const canvas = new Canvas(width, height)
  PAINTERS[scene](canvas, random)
  canvas.grain(random)
  return canvas
}

class Canvas implements Raster {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.pixels = new Uint8Array(width * height * 3)
  }

  /** Colours run from `top` to `bottom` between two heights, given as parts of the picture. */
  fade(from: number, to: number, top: Colour, bottom: Colour): void {
    const first = Math.floor(from * this.height)
    const last = Math.floor(to * this.height)
    for (let y = first; y < last; y++) {
      const part = (y - first) / Math.max(1, last - first)
      const colour = top.map((value, at) => value + ((bottom[at] as number) - value) * part) as unknown as Colour
      for (let x = 0; x < this.width; x++) this.#set(x, y, colour)
    }
  }

  box(left: number, top: number, width: number, height: number, colour: Colour): void {
    const [x0, y0] = [Math.floor(left * this.width), Math.floor(top * this.height)]
    const [x1, y1] = [Math.floor((left + width) * this.width), Math.floor((top + height) * this.height)]
    for (let y = Math.max(0, y0); y < Math.min(this.height, y1); y++)
      for (let x = Math.max(0, x0); x < Math.min(this.width, x1); x++) this.#set(x, y, colour)
  }

  disc(left: number, top: number, radius: number, colour: Colour): void {
    const [cx, cy, r] = [left * this.width, top * this.height, radius * this.height]
    for (let y = Math.max(0, Math.floor(cy - r)); y < Math.min(this.height, cy + r); y++)
      for (let x = Math.max(0, Math.floor(cx - r)); x < Math.min(this.width, cx + r); x++)
        if ((x - cx) ** 2 + (y - cy) ** 2 <= r * r) this.#set(x, y, colour)
  }

  grain(random: Random): void {
    for (let at = 0; at < this.pixels.length; at += 3) {
      const step = random.below(9) - 4
      for (let part = 0; part < 3; part++)
        this.pixels[at + part] = Math.max(0, Math.min(255, (this.pixels[at + part] as number) + step))
    }
  }

  #set(x: number, y: number, colour: Colour): void {
    const at = (y * this.width + x) * 3
    this.pixels[at] = colour[0]
    this.pixels[at + 1] = colour[1]
    this.pixels[at + 2] = colour[2]
  }
}

const BRICK: readonly Colour[] = [
  [150, 80, 62],
  [178, 120, 92],
  [120, 70, 60],
  [196, 176, 150],
  [110, 112, 118],
]
const GLASS: Colour = [90, 110, 130]

const PAINTERS: Record<Scene, (canvas: Canvas, random: Random) => void> = {
  street(canvas, random) {
    canvas.fade(0, 0.6, [142, 178, 214], [222, 228, 230])
    canvas.fade(0.6, 1, [96, 96, 100], [70, 70, 74])
    houses(canvas, random, 0.62)
    canvas.box(0, 0.62, 1, 0.05, [170, 168, 160])
    for (let at = 0; at < 5; at++) canvas.box(0.08 + at * 0.2, 0.82, 0.1, 0.02, [220, 220, 210])
  },
  river(canvas, random) {
    canvas.fade(0, 0.45, [170, 190, 205], [230, 222, 206])
    canvas.fade(0.45, 0.6, [70, 96, 60], [56, 80, 48])
    canvas.fade(0.6, 1, [96, 122, 132], [44, 62, 74])
    trees(canvas, random, 0.48)
    for (let at = 0; at < 30; at++) canvas.box(random.next(), 0.62 + random.next() * 0.36, 0.06, 0.006, [150, 170, 178])
  },
  park(canvas, random) {
    canvas.fade(0, 0.5, [128, 186, 232], [214, 234, 240])
    canvas.fade(0.5, 1, [110, 158, 72], [70, 118, 48])
    trees(canvas, random, 0.52)
    canvas.box(0.55, 0.72, 0.22, 0.03, [110, 76, 48])
    canvas.box(0.57, 0.75, 0.02, 0.08, [60, 44, 30])
    canvas.box(0.73, 0.75, 0.02, 0.08, [60, 44, 30])
  },
  café(canvas, random) {
    canvas.fade(0, 1, [196, 160, 118], [120, 84, 58])
    canvas.box(0.05, 0.08, 0.4, 0.45, [226, 214, 190])
    canvas.box(0, 0.66, 1, 0.34, [88, 58, 40])
    for (let at = 0; at < 4; at++) {
      const left = 0.15 + at * 0.22 + random.next() * 0.05
      canvas.disc(left, 0.7, 0.09, [240, 236, 228])
      canvas.disc(left, 0.69, 0.06, [124 + random.below(30), 82, 50])
    }
  },
  night(canvas, random) {
    canvas.fade(0, 0.65, [8, 12, 28], [34, 34, 52])
    canvas.fade(0.65, 1, [24, 24, 28], [12, 12, 14])
    for (let at = 0; at < 6; at++) {
      const left = random.next()
      canvas.box(left, 0.3, 0.008, 0.4, [50, 48, 46])
      canvas.disc(left + 0.004, 0.3, 0.04, [250, 206, 120])
      canvas.box(left - 0.04, 0.7, 0.09, 0.12, [70, 60, 36])
    }
    car(canvas, 0.1 + random.next() * 0.4, 0.62, [66, 68, 72])
  },
  document(canvas, random) {
    canvas.fade(0, 1, [112, 92, 70], [92, 74, 58])
    canvas.box(0.2, 0.06, 0.6, 0.88, [246, 244, 236])
    for (let line = 0; line < 14; line++) {
      let left = 0.26
      while (left < 0.72) {
        const word = 0.02 + random.next() * 0.07
        canvas.box(left, 0.13 + line * 0.055, Math.min(word, 0.74 - left), 0.014, [70, 70, 84])
        left += word + 0.015
      }
    }
  },
  portrait(canvas, random) {
    canvas.fade(0, 1, [206, 200, 190], [160, 150, 140])
    const skin: Colour = [212 - random.below(30), 168 - random.below(30), 140]
    canvas.box(0.28, 0.3, 0.44, 0.22, skin)
    canvas.box(0.6, 0.24, 0.4, 0.34, skin)
    for (let at = 0; at < 4; at++) canvas.box(0.12, 0.28 + at * 0.065, 0.2, 0.05, skin)
    canvas.disc(0.62, 0.4, 0.06, [150, 96, 120])
    canvas.disc(0.66, 0.43, 0.035, [128, 84, 112])
  },
  car(canvas, random) {
    canvas.fade(0, 0.55, [170, 176, 184], [206, 206, 204])
    canvas.fade(0.55, 1, [92, 92, 94], [64, 64, 66])
    houses(canvas, random, 0.5)
    car(canvas, 0.22, 0.55, [108, 112, 118])
  },
}

function houses(canvas: Canvas, random: Random, ground: number): void {
  let left = -0.02
  while (left < 1) {
    const width = 0.12 + random.next() * 0.14
    const height = 0.2 + random.next() * 0.25
    canvas.box(left, ground - height, width, height, random.pick(BRICK))
    for (let row = 0; row < 2; row++)
      for (let column = 0; column < 2; column++)
        canvas.box(
          left + width * (0.18 + column * 0.4),
          ground - height * (0.85 - row * 0.4),
          width * 0.22,
          height * 0.2,
          GLASS,
        )
    left += width
  }
}

function trees(canvas: Canvas, random: Random, ground: number): void {
  for (let at = 0; at < 7; at++) {
    const left = random.next()
    canvas.box(left - 0.008, ground - 0.12, 0.016, 0.16, [84, 62, 44])
    canvas.disc(left, ground - 0.16, 0.08 + random.next() * 0.05, [58 + random.below(40), 104 + random.below(40), 48])
  }
}

function car(canvas: Canvas, left: number, top: number, paintwork: Colour): void {
  canvas.box(left, top + 0.1, 0.5, 0.13, paintwork)
  canvas.box(left + 0.1, top, 0.28, 0.12, paintwork)
  canvas.box(left + 0.13, top + 0.02, 0.1, 0.08, GLASS)
  canvas.box(left + 0.25, top + 0.02, 0.1, 0.08, GLASS)
  canvas.disc(left + 0.11, top + 0.23, 0.055, [24, 24, 26])
  canvas.disc(left + 0.39, top + 0.23, 0.055, [24, 24, 26])
}
