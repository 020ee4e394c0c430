import type { ReadRequest } from '../../../../actions/index.ts'
import type { Answer } from '../../../route.ts'
import { exhibitOf } from '../question.ts'
import { STATUS_WORDS } from '../words.ts'

/**
 * What stands where a request stands, of recordings that were kept from an archive: nobody was asked for a phone, so there are no questions, no notice and no
 * reach; only what is kept, why, and who decided.
 */
export function keptPage(
  request: ReadRequest,
  links: { readonly back?: string; readonly backText?: string; readonly end?: string },
): Answer {
  const { document, whole } = request
  const [line] = document.lines_of_enquiry ?? []
  return {
    page: 'pages/request/kept/kept.njk',
    view: {
      title: `Authorisation ${request.reference}`,
      caption: exhibitOf(request),
      ...links,
      request,
      state: STATUS_WORDS[request.status],
      shows: line?.proposition,
      tied: line?.why_this_device,
      rests: document.instrument?.enactment,
      grant: whole.decisions.findLast(({ outcome }) => outcome === 'granted'),
    },
  }
}
