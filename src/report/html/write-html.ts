import type { ReportDocument } from '../document.ts'
import { writeBlock } from './blocks.ts'
import { escape } from './escape.ts'
import { style } from './style.ts'

/** Writes a report as one HTML file that needs nothing else: no script, no network, no font, no second file. */
export function writeHtml(report: ReportDocument): string {
  const running = escape(report.running)
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escape(report.title)}: ${running}</title>
<style>${style(report.running)}</style>
</head>
<body>
<a class="skip" href="#report">Skip to the report</a>
<header><div><p class="brand">Peel</p><p>${running}</p></div></header>
<main id="report">
<h1>${escape(report.title)}</h1>
${report.blocks.map((block, at) => writeBlock(block, report, at)).join('\n')}
</main>
</body>
</html>
`
}
