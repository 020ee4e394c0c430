import type { Machine } from './machine.ts'
import { type Bench, type Figure, verdict } from './shape.ts'

/** What one run of the benches found. */
export interface Findings {
  /** RFC 3339, to the day */
  readonly date: string
  readonly command: string
  readonly runs: number
  readonly machine: Machine
  readonly benches: readonly { readonly bench: Pick<Bench, 'name' | 'title'>; readonly figures: readonly Figure[] }[]
}

/** The findings as Markdown, to be read as text too. */
export function table({ date, command, runs, machine, benches }: Findings): string {
  const { cores, cpu, memory, system, load, node, tools } = machine
  const lines = [
    `${date}, \`${command}\`: medians of ${runs} runs, memory the largest of them.`,
    '',
    `- ${cores} cores of ${cpu}, ${(memory / 2 ** 30).toFixed(0)} GiB, ${system}; load before: ${load.join(', ')}`,
    `- Node ${node}; ${Object.entries(tools)
      .map(([tool, version]) => `${tool}: ${version}`)
      .join('; ')}`,
    '',
    'Machines like this one are shared: within an hour the same command may take from half to one and a half times as long, and the',
    'time of the tool beside it shows which hour it was. The ratios are what to compare.',
  ]
  for (const { bench, figures } of benches) {
    lines.push('', `## ${bench.title}`, '')
    lines.push('| | measured | target | | beside it | wall | CPU | memory |', '|---|--:|--:|---|---|--:|--:|--:|')
    for (const figure of figures) {
      const { what, target, unit, beside, cost } = figure
      const cells = [
        what,
        written(figure.value, unit),
        target === undefined ? '' : written(target, unit),
        verdict(figure),
        beside,
        ...(cost
          ? [`${cost.wall.toFixed(2)} s`, `${cost.cpu.toFixed(2)} s`, `${(cost.peak / 1e6).toFixed(0)} MB`]
          : ['', '', '']),
      ]
      lines.push(`| ${cells.join(' | ')} |`)
    }
  }
  return `${lines.join('\n')}\n`
}

function written(value: number, unit: Figure['unit']): string {
  if (unit === '/s') return `${Math.round(value).toLocaleString('en-GB')}/s`
  return `${value.toFixed(unit === 'MB' ? 0 : 2)} ${unit}`
}
