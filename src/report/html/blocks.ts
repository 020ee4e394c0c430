import type { Block, Entry, Line, PictureRef, ReportDocument, Span, Table } from '../document.ts'
import { spansOf } from '../document.ts'
import { writeChart } from './chart.ts'
import { visibleText } from '../visible.ts'
import { escape, escapePhone } from './escape.ts'

/** A turn longer than this may be broken over two printed pages. */
const LONG_TURN = 1500

/** Writes one block. `at` tells it from the others. */
export function writeBlock(block: Block, report: ReportDocument, at: number): string {
  switch (block.type) {
    case 'heading':
      return `<h${block.level}${block.id ? ` id="${escape(block.id)}"` : ''}>${line(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p${block.small ? ' class="small"' : ''}>${line(block.text)}</p>`
    case 'notice':
      return `<div class="notice ${block.tone}"><p class="title">${escape(block.title)}</p>${block.lines.map((text) => `<p>${line(text)}</p>`).join('')}</div>`
    case 'facts':
      return `<dl>\n${block.facts.map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${line(value)}</dd></div>`).join('\n')}\n</dl>`
    case 'list':
      return `<ul${block.columns ? ' class="columns"' : ''}>${block.items.map((item) => `<li>${line(item)}</li>`).join('\n')}</ul>`
    case 'contents':
      return `<nav aria-label="Contents"><ul>${block.items.map(({ link, text }) => `<li><a href="#${escape(link)}">${escape(text)}</a></li>`).join('\n')}</ul></nav>`
    case 'table':
      return writeTable(block, at)
    case 'chart':
      return writeChart(block, at)
    case 'transcript':
      return `<ol class="turns">\n${block.entries.map((entry) => writeEntry(entry, report)).join('\n')}\n</ol>`
    case 'pictures':
      return `<div class="pictures">${block.pictures.map((picture) => writePicture(picture, report)).join('\n')}</div>`
    case 'commands':
      return `<pre><code>${block.lines.map(escape).join('\n')}</code></pre>`
  }
}

function writeTable({ caption, columns, rows, total, ids }: Table, at: number): string {
  const wide = columns.length > 4
  const side = (column: number) => (columns[column]?.align === 'right' ? ' class="number"' : '')
  const title = (column: number) => ` data-title="${escape(columns[column]?.title ?? '')}"`
  const row = (cells: readonly Line[], index: number | undefined) => {
    const id = index === undefined ? undefined : ids?.[index]
    const written = cells.map((cell, column) =>
      column === 0
        ? `<th scope="row"${side(column)}${title(column)}>${line(cell)}</th>`
        : `<td${side(column)}${title(column)}>${line(cell)}</td>`,
    )
    return `<tr${id ? ` id="${escape(id)}"` : ''}>${written.join('')}</tr>`
  }
  return `<div class="scroll${wide ? ' wide' : ''}${columns.length > 2 ? ' stack' : ''}" role="region" aria-labelledby="t-${at}" tabindex="0"><table>
<caption id="t-${at}">${line(caption)}</caption>
<thead><tr>${columns.map((column, index) => `<th scope="col"${side(index)}>${escape(column.title)}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(row).join('\n')}
</tbody>
${total ? `<tfoot>${row(total, undefined)}</tfoot>\n` : ''}</table></div>`
}

function writeEntry(entry: Entry, report: ReportDocument): string {
  if (entry.type === 'day') return `<li class="day">${escape(entry.text)}</li>`
  const body = entry.body.map((text) => `<p class="text">${line(text)}</p>`).join('')
  const marks = entry.marks.map((mark) => `<span class="tag">${escape(mark)}</span>`).join('')
  const classes = ['turn', entry.side, entry.context ? 'context' : '', body.length > LONG_TURN ? 'long' : '']
  return `<li class="${classes.filter(Boolean).join(' ')}" id="${escape(entry.id)}"><p class="head">${line(entry.head)}</p>${marks ? `<p>${marks}</p>` : ''}${body}${entry.pictures.map((picture) => writePicture(picture, report)).join('')}<p class="small">${line(entry.small)}</p></li>`
}

function writePicture({ sha256, name, caption }: PictureRef, { pictures }: ReportDocument): string {
  const picture = pictures.get(sha256)
  if (picture === undefined) return ''
  return `<figure><img src="data:${picture.media_type};base64,${picture.bytes.toString('base64')}" alt="Picture from the phone: ${escapePhoneAttribute(name)}"><figcaption>${line(caption)}</figcaption></figure>`
}

function escapePhoneAttribute(text: string): string {
  return escape(visibleText(text))
}

export function line(text: Line): string {
  return spansOf(text).map(span).join('')
}

function span(part: Span): string {
  if (typeof part === 'string') return escape(part)
  if ('phone' in part) return `<bdi dir="auto">${escapePhone(part.phone)}</bdi>`
  if ('code' in part) return `<code>${escapePhone(part.code)}</code>`
  if ('strong' in part) return `<strong>${escape(part.strong)}</strong>`
  return `<a href="#${escape(part.link)}">${escape(part.text)}</a>`
}
