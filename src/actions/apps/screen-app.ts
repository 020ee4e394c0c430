import type { AppRecord } from '../../apps/index.ts'
import { mustBeValid } from '../action-error.ts'
import type { Actor, Ops } from '../ops.ts'
import { askFirst } from '../allow.ts'
import { changeApp } from './change-app.ts'
import { LONGEST_TEXT, textFaults, wordsDigest } from '../written-words.ts'

/**
 * Says whether what was asked is gone into (law row E9). One whose supplier cannot keep it to roles is refused whatever is said here (law row E10). A refusal
 * has its reason. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_VALID `why`, NOT_NOW with reasons.
 */
export async function screenApp(
  ops: Ops,
  actor: Actor,
  input: { readonly appId: string; readonly outcome: 'go_on' | 'refuse'; readonly why: string },
): Promise<AppRecord> {
  await askFirst(ops, actor, 'app.manage')
  const why = input.why.trim()
  mustBeValid(input.outcome === 'refuse' ? textFaults('why', why, 'Enter why it is refused', LONGEST_TEXT) : [])
  return changeApp(ops, actor, {
    appId: input.appId,
    act: ({ on, by }) => ({ act: 'screen', on, by, outcome: input.outcome }),
    logged: (mark, { state }) => ({
      kind: 'app.screened',
      details: {
        ...mark,
        outcome: state === 'refused' ? ('refused' as const) : ('screened' as const),
        ...(why !== '' && { words: wordsDigest(why) }),
      },
    }),
    ...(why !== '' && { why }),
  })
}

/** The assessment of an app that was screened begins. Throws ActionError NOT_ALLOWED, NOT_FOUND, NOT_NOW. */
export async function beginAssessment(ops: Ops, actor: Actor, appId: string): Promise<AppRecord> {
  await askFirst(ops, actor, 'app.manage')
  return changeApp(ops, actor, {
    appId,
    act: ({ on, by }) => ({ act: 'begin_dpia', on, by }),
    logged: (mark) => ({ kind: 'app.assessment_begun', details: mark }),
  })
}
