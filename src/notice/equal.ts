import { canonical } from '../records/index.ts'
import type { Scope } from '../scope/index.ts'
import type { Paper } from './paper.ts'
import { Speaker } from './say.ts'
import { scopeDigest, soughtPart } from './sought.ts'

/** Whether a notice says what a scope says; where not, in what they differ. */
export type Equality =
  | { readonly equal: true }
  | { readonly equal: false; readonly differs: readonly ('digest' | 'words' | 'kind')[] }

/**
 * Checks that what a notice says is sought is the scope and nothing else (PCSC Act 2022 s.39(3)(a); law rows B16, B29): its
 * digest is that of the scope, and its words are those that the scope is read out in.
 */
export function noticeEqualsScope(paper: Paper, scope: Scope): Equality {
  if (paper.kind !== 'notice' && paper.kind !== 'information') return { equal: false, differs: ['kind'] }
  const differs: ('digest' | 'words')[] = []
  if (paper.scope_digest !== scopeDigest(scope)) differs.push('digest')
  const said = paper.parts.filter(({ key }) => key === 'sought')
  const meant = [soughtPart(scope, paper.kind, new Speaker(paper.language))]
  if (canonical(said) !== canonical(meant)) differs.push('words')
  return differs.length === 0 ? { equal: true } : { equal: false, differs }
}
