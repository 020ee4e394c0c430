import type { Paper, Paragraph, Part } from './paper.ts'
import { Speaker } from './say.ts'

export interface HtmlOptions {
  /** letters of at least 18 points on paper, and as large on a screen; absent = false */
  readonly large?: boolean
  /** level of the paper's own heading, so that it fits into a page; absent = 1 */
  readonly level?: 1 | 2
  /** false: the paper's own heading is left out, because the page has said it; absent = true */
  readonly titled?: boolean
}

/**
 * Writes a paper as a fragment of HTML for a page with GOV.UK Frontend's styles: no script, no style, nothing to load. Every
 * word of it is escaped.
 */
export function paperHtml(paper: Paper, { large = false, level = 1, titled = true }: HtmlOptions = {}): string {
  const mark = escape(new Speaker(paper.language).word('not_translated'))
  const size = large ? 'l' : 'm'
  const facts =
    paper.facts.length === 0
      ? ''
      : `<dl class="govuk-summary-list"${lang(paper.facts_lang)}>${paper.facts
          .map(
            ([name, value]) =>
              `<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${escape(name)}</dt><dd class="govuk-summary-list__value">${escape(value)}</dd></div>`,
          )
          .join('')}</dl>\n`
  const body = large ? 'govuk-body-l' : 'govuk-body'
  const write = (part: Part) => {
    const lead = part.paragraphs.some(({ lang }) => lang !== undefined)
    return `<section class="peel-paper__part" data-part="${escape(part.key)}">
<h${level + 1} class="govuk-heading-${size}"${lang(part.heading_lang)}>${escape(part.heading)}</h${level + 1}>
${lead ? `<p class="govuk-hint peel-paper__untranslated">${mark}</p>\n` : ''}${part.paragraphs.map((one) => paragraph(one, body, large)).join('\n')}${blanks(part, body)}${part.key === 'code' && paper.code ? code(paper.code, body) : ''}${law(part, paper)}
</section>`
  }
  return `<article class="peel-paper peel-paper--${paper.kind}${large ? ' peel-paper--large' : ''}" lang="${paper.language}">
<p class="govuk-caption-l">${escape(paper.from)}</p>
${titled ? `<h${level} class="govuk-heading-${large ? 'xl' : 'l'}"${lang(paper.title_lang)}>${escape(paper.title)}</h${level}>\n` : ''}${facts}${paper.parts.map(write).join('\n')}
</article>`
}

function paragraph({ text, items, lang: language }: Paragraph, body: string, large: boolean): string {
  const list = large ? 'govuk-list govuk-list--bullet govuk-!-font-size-24' : 'govuk-list govuk-list--bullet'
  const written = `<p class="${body}"${lang(language)}>${escape(text)}</p>`
  if (items === undefined) return written
  return `${written}\n<ul class="${list}"${lang(language)}>${items.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`
}

function blanks({ blanks: labels, blanks_lang }: Part, body: string): string {
  if (labels === undefined) return ''
  const items = labels.map((label) =>
    typeof label === 'string'
      ? `<li>${escape(label)}: <span class="peel-paper__blank"></span></li>`
      : `<li>${label.map((choice) => `<span class="peel-paper__choice"><span class="peel-paper__box"></span> <span>${escape(choice)}</span></span>`).join('')}</li>`,
  )
  return `\n<ul class="govuk-list peel-paper__blanks ${body}"${lang(blanks_lang)}>${items.join('')}</ul>`
}

/** The square is made of rectangles by `qrSvg`, from an address that was checked: the only part that is not escaped. */
function code({ svg, alt, text }: NonNullable<Paper['code']>, body: string): string {
  const named = svg.replace('<svg ', `<svg role="img" aria-label="${escape(alt)}" `)
  return `\n<div class="peel-paper__code">${named}<p class="${body} govuk-!-font-weight-bold">${escape(text)}</p></div>`
}

function law({ law: provision }: Part, { language }: Paper): string {
  if (provision === undefined) return ''
  const { text, lang: language_of } = new Speaker(language).say('law_note', { law: provision })
  return `\n<p class="govuk-body-s peel-paper__law"${lang(language_of)}>${escape(text)}</p>`
}

function lang(language: string | undefined): string {
  return language === undefined ? '' : ` lang="${language}"`
}

function escape(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (found) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[found] ?? '',
  )
}
