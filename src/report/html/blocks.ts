import { type Block, type Line, type ReportDocument, type Span, spansOf } from '../document.ts'
import { escape, escapePhone } from './escape.ts'

/** Writes one block. */
export function writeBlock(block: Block, report: ReportDocument): string {
  switch (block.type) {
    case 'heading':
      return `<h${block.level}${block.id ? ` id="${escape(block.id)}"` : ''}>${line(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p${block.small ? ' class="small"' : ''}>${line(block.text)}</p>`
    case 'notice':
      return `<div class="notice ${block.tone}"><p class="title">${escape(block.title)}</p>${block.lines.map((text) => `<p>${line(text)}</p>`).join('')}</div>`
    case 'facts':
      return `<dl>${block.facts.map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${line(value)}</dd></div>`).join('\n')}</dl>`
    default:
      return report.title === '' ? '' : ''
  }
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
