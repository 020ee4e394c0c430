import { ActionError, caseReference, DEFAULT_GROUP, openCase, retentionGroups } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Answer, Route } from '../../../route.ts'

/** Opens a case: three questions, each with a short answer. */
export const newRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.caseNew,
    who: 'case.open',
    logs: [],
    handle: async () => page({ reference: '', offence: '', group: DEFAULT_GROUP }, []),
  },
  {
    method: 'POST',
    path: PATHS.caseNew,
    who: 'case.open',
    logs: ['case.opened'],
    handle: async (visit) => {
      const values = {
        reference: field(visit, 'reference'),
        offence: field(visit, 'offence'),
        group: field(visit, 'group'),
      }
      const errors = faults(values)
      if (errors.length > 0) return page(values, errors)
      try {
        const id = await openCase(visit.service.ops, visit.actor, { ...values, retentionGroup: values.group })
        return { redirect: pathTo(PATHS.case, { case: id }) }
      } catch (error) {
        if (error instanceof ActionError && error.reason === 'REFERENCE_TAKEN')
          return page(values, [{ field: 'reference', text: 'There is a case with this reference already' }])
        throw error
      }
    },
  },
]

interface Values {
  readonly reference: string
  readonly offence: string
  readonly group: string
}

function faults({ reference, offence, group }: Values): FieldError[] {
  const errors: FieldError[] = []
  if (reference === '') errors.push({ field: 'reference', text: 'Enter the reference of the case' })
  else if (caseReference(reference) === undefined)
    errors.push({
      field: 'reference',
      text: 'The reference must be at most 40 letters and digits, with / - or . between them',
    })
  if (offence === '') errors.push({ field: 'offence', text: 'Enter the offence, or what happened' })
  else if (offence.length > 200) errors.push({ field: 'offence', text: 'The offence must be 200 characters or fewer' })
  if (!retentionGroups().some(({ id }) => id === group))
    errors.push({ field: 'group', text: 'Choose for how long records of this offence are kept' })
  return errors
}

function page(values: Values, errors: readonly FieldError[]): Answer {
  return {
    page: 'pages/case/new/new.njk',
    status: errors.length > 0 ? 400 : 200,
    view: {
      title: 'Open a case',
      back: PATHS.cases,
      values,
      groups: retentionGroups().map(({ id, says }) => ({
        value: id,
        text: `Group ${id}`,
        hint: { text: says },
        checked: id === values.group,
      })),
      ...errorsView(errors),
    },
  }
}
