import { hash } from 'node:crypto'
import { canonical } from '../records/index.ts'
import { describeParts, type Scope } from '../scope/index.ts'
import type { Paragraph, Part } from './paper.ts'
import type { Speaker } from './say.ts'

/** Lower-case hex SHA-256 over the canonical scope (RFC 8785). */
export function scopeDigest(scope: Scope): string {
  return hash('sha256', canonical(scope), 'hex')
}

/**
 * Part (a) of a notice: what is sought (PCSC Act 2022 s.39(3)(a)). Made from the scope alone, clause by clause, in the words in
 * which an authorising officer reads it; nothing can be added and nothing left out by hand (law row B16).
 */
export function soughtPart(scope: Scope, kind: 'notice' | 'information', speaker: Speaker): Part {
  const { text: heading, lang } = speaker.say('sought_heading')
  return {
    key: 'sought',
    law: kind === 'notice' ? 'PCSC Act 2022 s.39(3)(a)' : 'Data Protection Act 2018 s.44',
    heading,
    ...(lang === undefined ? {} : { heading_lang: lang }),
    paragraphs: [
      speaker.paragraph(kind === 'notice' ? 'sought_lead' : 'sought_lead_information'),
      ...scope.map((clause): Paragraph => {
        const { what, limits } = describeParts(clause, 'uk')
        // The scope is described in English only: whatever the paper's language, this must say exactly what is authorised.
        return {
          text: `${what}:`,
          items: limits,
          ...(speaker.language === 'en' ? {} : { lang: 'en' }),
        }
      }),
    ],
  }
}
