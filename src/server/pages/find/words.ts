import type { FindKind, FindOutcome } from '../../../actions/index.ts'

/** What came to light, as it is chosen and shown. */
export const FIND_KIND_WORDS: Readonly<Record<FindKind, string>> = {
  'another-crime': 'Another crime',
  'risk-to-life': 'A risk to somebody’s life',
  safeguarding: 'A child or an adult may come to harm',
}

/** What may follow from it, as it is chosen. */
export const FIND_OUTCOME_WORDS: Readonly<Record<FindOutcome, { readonly text: string; readonly hint: string }>> = {
  'new-request': {
    text: 'It is a new line of enquiry, and needs a new request',
    hint: 'With a notice, an agreement and a decision of its own. Nobody looks for it in this extract before that.',
  },
  'go-on': { text: 'Nothing: they go on as before', hint: 'Nobody looks any further for it.' },
  'pass-on': {
    text: 'It is passed on to another team',
    hint: 'You tell them yourself: nothing of the extract is sent from here.',
  },
}

/** What was decided, afterwards. */
export const FIND_DECIDED_WORDS: Readonly<Record<FindOutcome, string>> = {
  'new-request': 'It is a new line of enquiry, and needs a new request.',
  'go-on': 'Nothing follows from it: they go on as before.',
  'pass-on': 'It is passed on to another team.',
}
