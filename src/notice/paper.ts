import { hash } from 'node:crypto'
import { canonical } from '../records/index.ts'
import type { Language } from './say.ts'

/** Who reads it: the user, the child who is the user, or the adult who answers for one (PCSC Act 2022 s.38). */
export const AUDIENCES = ['user', 'child', 'adult-for-child', 'adult-for-adult'] as const
export type Audience = (typeof AUDIENCES)[number]

export const PAPER_KINDS = [
  'notice',
  'information',
  'questions',
  'withdrawn-before',
  'withdrawn-during',
  'withdrawn-after',
  'refused',
  'receipt',
  'oral-record',
  'parent-told',
] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

/** A paragraph, and the list that it introduces. `lang` stands where it is in another language than the paper. */
export interface Paragraph {
  readonly text: string
  readonly items?: readonly string[]
  readonly lang?: Language
}

export interface Part {
  /** stable name, e.g. `sought` */
  readonly key: string
  /** the provision that asks for it, e.g. `PCSC Act 2022 s.39(3)(a)` */
  readonly law?: string
  readonly heading: string
  readonly heading_lang?: Language
  /** never empty */
  readonly paragraphs: readonly Paragraph[]
  /** what is filled in by hand, in order: a text is a line to write on, a list is boxes to tick */
  readonly blanks?: readonly (string | readonly string[])[]
  readonly blanks_lang?: Language
}

/** A paper before it is written as HTML or PDF. The same for every kind, so that both writers know nothing of what it means. */
export interface Paper {
  readonly format: 'peel-paper/1'
  readonly kind: PaperKind
  /** the national form whose fields it is made to carry; see `make-notice.ts` for what is known of them */
  readonly form?: 'DPNa' | 'DPNb' | 'DPNc'
  readonly language: Language
  readonly audience: Audience
  readonly title: string
  readonly title_lang?: Language
  /** what stands at the head of every page: the force */
  readonly from: string
  readonly facts: readonly (readonly [name: string, value: string])[]
  readonly facts_lang?: Language
  readonly parts: readonly Part[]
  /** lower-case hex SHA-256 over the canonical scope, in papers that say what is sought */
  readonly scope_digest?: string
  /** a link to a page about it, also as a square to point a camera at */
  readonly code?: { readonly text: string; readonly link: string; readonly svg: string; readonly alt: string }
  /** texts that stand in English because the language does not have them yet */
  readonly untranslated: number
}

/** Names a paper by what it says: lower-case hex SHA-256 over its canonical form (RFC 8785). What was served can be shown by it. */
export function paperDigest(paper: Paper): string {
  return hash('sha256', canonical(paper), 'hex')
}
