import { figureFaults, FIGURES_BY_HAND, giveFigure, readFiguresByHand } from '../../../../actions/index.ts'
import { errorsFrom, errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route, Visit } from '../../../route.ts'
import { archiveOf } from '../address.ts'
import { BY_HAND_WORDS } from './words.ts'

/** Figures that no file of the archive tells: each with how it was counted, and by whom (law row E17). */
export const byHandRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.archiveFigures,
    who: 'archive.note',
    logs: [],
    handle: (visit) => show(visit, {}, []),
  },
  {
    method: 'POST',
    path: PATHS.archiveFigures,
    who: 'archive.note',
    logs: ['archive.figure_given'],
    handle: async (visit) => {
      const figure = FIGURES_BY_HAND.find((one) => one === field(visit, 'figure'))
      const [typed, source] = [field(visit, 'value'), field(visit, 'source')]
      const digits = typed.replaceAll(/[,\s]/g, '')
      const value = /^\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN
      const errors: FieldError[] = [
        ...(figure === undefined ? [{ field: 'figure', text: 'Select which figure it is' }] : []),
        ...errorsFrom(figureFaults({ value, source })),
      ]
      if (figure === undefined || errors.length > 0) return show(visit, { figure, value: typed, source }, errors)
      await giveFigure(visit.service.ops, visit.actor, archiveOf(visit), { figure, value, source })
      return { redirect: pathTo(PATHS.archiveStatistics, { archive: archiveOf(visit) }) }
    },
  },
]

async function show(
  visit: Visit,
  values: Readonly<Partial<Record<'figure' | 'value' | 'source', string>>>,
  errors: readonly FieldError[],
): Promise<Answer> {
  const archive = archiveOf(visit)
  const byHand = await readFiguresByHand(visit.service.ops, visit.actor, archive)
  return {
    page: 'pages/archive/statistics/by-hand.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'Give a figure by hand',
      back: pathTo(PATHS.archiveStatistics, { archive }),
      backText: 'Figures for the regulator',
      figures: FIGURES_BY_HAND.map((one) => {
        const { says, hint } = BY_HAND_WORDS[one]
        const now = byHand[one]
        return {
          value: one,
          text: says,
          hint: { text: now === undefined ? hint : `${hint} Now ${now.value.toLocaleString('en-GB')}.` },
          checked: values.figure === one,
        }
      }),
      values,
      ...errorsView(errors),
    },
  }
}
