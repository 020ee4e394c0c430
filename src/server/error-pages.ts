import type { FastifyInstance } from 'fastify'
import { ActionError } from '../actions/index.ts'
import { EventError } from '../events/index.ts'
import { JournalError } from '../journal/index.ts'
import { KeyringError } from '../keyring/index.ts'
import { render } from './render.ts'
import { whatFailed } from './request-log.ts'
import type { Service } from './service.ts'

/** What cannot be shown, and what to do instead. Not found and not yours look the same. */
export function errorPages(app: FastifyInstance, { force }: Service): void {
  // Guessing addresses counts as asking: it is slowed down like everything else.
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (_request, reply) =>
    reply
      .code(404)
      .type('text/html; charset=utf-8')
      .send(
        render('layout/error.njk', {
          force,
          title: 'Page not found',
          paragraphs: [
            'If you typed the address, check that it is right.',
            'It may be about a case that you are not a member of.',
          ],
        }),
      ),
  )
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof ActionError) {
      const { code, message, hint } = error
      if (code === 'NOT_FOUND') return reply.callNotFound()
      const status = code === 'NOT_ALLOWED' ? 403 : 409
      return reply
        .code(status)
        .type('text/html; charset=utf-8')
        .send(
          render('layout/error.njk', {
            force,
            title: 'You cannot do this',
            paragraphs: [sentence(message), sentence(hint)],
            code: error.reason,
          }),
        )
    }
    if (isUnwritten(error)) {
      request.log.error(whatFailed(error), 'a request failed')
      return reply
        .code(503)
        .type('text/html; charset=utf-8')
        .send(
          render('layout/error.njk', {
            force,
            title: 'Nothing can be recorded just now',
            paragraphs: [
              'What cannot be written down is not done: nothing was saved.',
              'Whoever runs the service must look, because a disk may be full. Try again in a few minutes.',
            ],
          }),
        )
    }
    const unreadable = isUnreadable(error)
    const status = error.statusCode ?? (unreadable ? 400 : 500)
    if (status >= 500 || unreadable) request.log.error(whatFailed(error), 'a request failed')
    const title =
      status === 429
        ? 'Too many requests'
        : status < 500
          ? 'This could not be read'
          : 'Sorry, there is a problem with the service'
    const paragraphs = [status < 500 ? 'Go back and try again.' : 'Nothing was saved. Try again in a few minutes.']
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(render('layout/error.njk', { force, title, paragraphs }))
  })
}

function sentence(text: string): string {
  return text === '' ? '' : `${text[0]?.toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}

/** PostgreSQL, Appendix A: class 53, insufficient resources: a full disk. */
const NO_RESOURCES = /^53[0-9A-Z]{3}$/

/** Whether the log, the keyring, a disk or the database takes nothing. Nothing was done. */
function isUnwritten(error: unknown): boolean {
  const code = String((error as { code?: unknown }).code)
  return (
    error instanceof JournalError ||
    (error instanceof KeyringError && code === 'NOT_WRITTEN') ||
    NO_RESOURCES.test(code) ||
    ['ENOSPC', 'EDQUOT'].includes(code)
  )
}

/** PostgreSQL, Appendix A: class 22, what is given is no value of its type, as an id that is none, or text with a NUL. */
const DATA_EXCEPTION = /^22[0-9A-Z]{3}$/

/** Whether something was sent that no page of ours sends: no value of the database, or no word of the log. Either way nothing was done. */
function isUnreadable(error: unknown): boolean {
  return error instanceof EventError || DATA_EXCEPTION.test(String((error as { code?: unknown }).code))
}
