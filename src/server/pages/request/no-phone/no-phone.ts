import { noPhoneNeeded, readRequest } from '../../../../actions/index.ts'
import { errorsView, field, type FieldError } from '../../../form.ts'
import { PATHS, pathTo } from '../../../paths.ts'
import type { Route, Visit } from '../../../route.ts'
import { captionOf, textErrors } from '../question.ts'
import { INSTEAD_CHOICES } from '../words.ts'

async function show(visit: Visit, errors: readonly FieldError[]) {
  const request = await readRequest(visit.service.ops, visit.actor, visit.params['request'] as string)
  return {
    page: 'pages/request/no-phone/no-phone.njk',
    status: errors.length > 0 ? 422 : 200,
    view: {
      title: 'What answers the question instead?',
      caption: captionOf(request),
      back: pathTo(PATHS.request, { request: request.id }),
      choices: INSTEAD_CHOICES,
      values: { instead: field(visit, 'instead'), reason: field(visit, 'reason') },
      lines: request.document.lines_of_enquiry ?? [],
      button: 'Record that no phone is needed',
      ...errorsView(errors),
    },
  }
}

/** No phone needed: an outcome like any other, recorded and counted (law row A14). */
export const noPhoneRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: PATHS.requestNoPhone,
    who: 'request.write',
    about: 'request',
    logs: [],
    handle: (visit) => show(visit, []),
  },
  {
    method: 'POST',
    path: PATHS.requestNoPhone,
    who: 'request.write',
    about: 'request',
    logs: ['request.not_needed'],
    handle: async (visit) => {
      const id = visit.params['request'] as string
      const instead = INSTEAD_CHOICES.find(({ value }) => value === field(visit, 'instead'))?.value
      const typed = { one: (name: string) => field(visit, name), many: () => [] }
      const errors = [
        ...(instead === undefined ? [{ field: 'instead', text: 'Select what answers the question instead' }] : []),
        ...textErrors(typed, 'reason', 'Enter how it is answered'),
      ]
      if (errors.length > 0 || instead === undefined) return show(visit, errors)
      await noPhoneNeeded(visit.service.ops, visit.actor, { id, instead, reason: field(visit, 'reason') })
      return { redirect: pathTo(PATHS.request, { request: id }) }
    },
  },
]
