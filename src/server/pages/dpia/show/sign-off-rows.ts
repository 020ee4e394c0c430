import type { DpiaFile } from '../../../../actions/index.ts'
import { assessedDigest, awaitsCommissionerUntil, mustConsult } from '../../../../apps/index.ts'
import { dayWords } from '../../../day-words.ts'
import { ADVISES_WORDS, OUTCOME_WORDS, PART_WORDS } from '../words.ts'

/** Step 7 of an assessment as far as it has come, row by row. */
export function signOffRows({ row: { document }, advice }: DpiaFile) {
  const { advice: decided, consultation_reviewed: views, commissioner, sign_off } = document
  const until = awaitsCommissionerUntil(document)
  const current = advice?.assessed === assessedDigest(document)
  return [
    {
      key: 'Advice of the data protection officer',
      lines:
        advice === undefined
          ? ['Not asked for yet']
          : advice.advises === null
            ? [current ? 'Asked for' : 'Asked for on an earlier text']
            : [
                ADVISES_WORDS[advice.advises],
                advice.summary ?? '',
                ...(current ? [] : ['It is about an earlier text.']),
              ],
    },
    {
      key: 'Decision on the advice',
      lines:
        decided === undefined
          ? ['Nothing yet']
          : [
              `${OUTCOME_WORDS[decided.outcome]} by ${decided.decided_by.name}`,
              ...(decided.reasons ? [decided.reasons] : []),
            ],
    },
    {
      key: 'Views of people',
      lines:
        views === undefined
          ? ['Nobody has looked at them yet']
          : [
              `${views.follows_views ? 'Followed' : 'Not followed'}: looked at by ${views.by.name}`,
              ...(views.reasons ? [views.reasons] : []),
            ],
    },
    ...(commissioner === undefined && !mustConsult(document)
      ? []
      : [
          {
            key: 'Information Commissioner',
            lines:
              commissioner === undefined
                ? ['A high risk is left: they must be consulted first']
                : commissioner.advice === undefined
                  ? [`Consulted. Their advice is due by ${until === undefined ? '' : dayWords(until)}`]
                  : [commissioner.advice.may_begin ? 'It may begin' : 'It may not begin', commissioner.advice.summary],
          },
        ]),
    ...(['measures', 'residual_risk'] as const).map((part) => ({
      key: `${PART_WORDS[part]} approved`,
      lines: [sign_off?.[part] === undefined ? 'Not yet' : `By ${sign_off[part].by.name}`],
    })),
  ]
}
