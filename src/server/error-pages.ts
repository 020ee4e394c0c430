import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Act } from '../access/index.ts'
import { ActionError, type ActionErrorCode, type Actor, allow, type Subject } from '../actions/index.ts'
import { EventError } from '../events/index.ts'
import { JournalError } from '../journal/index.ts'
import { KeyringError } from '../keyring/index.ts'
import { frameOfError } from './frame.ts'
import { PATHS, pathTo } from './paths.ts'
import { render } from './render.ts'
import { whatFailed } from './request-log.ts'
import type { Service } from './service.ts'

/** What cannot be shown, and what to do instead. Not found and not yours look the same. */
export function errorPages(app: FastifyInstance, service: Service): void {
  // Guessing addresses counts as asking: it is slowed down like everything else.
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) =>
    send(service, request, reply, {
      status: 404,
      title: 'Page not found',
      paragraphs: [
        'If you typed the address, check that it is right.',
        'It may be about a case that you are not a member of.',
      ],
    }),
  )
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error instanceof ActionError) {
      const { code, message, hint } = error
      if (code === 'NOT_FOUND') return reply.callNotFound()
      return send(service, request, reply, {
        status: code === 'NOT_ALLOWED' ? 403 : 409,
        title: TITLES[code],
        paragraphs: [sentence(message), sentence(hint)],
        code: error.reason,
      })
    }
    if (isUnwritten(error)) {
      request.log.error(whatFailed(error), 'a request failed')
      return send(service, request, reply, {
        status: 503,
        title: 'Nothing can be recorded just now',
        paragraphs: [
          'What cannot be written down is not done: nothing was saved.',
          'Whoever runs the service must look, because a disk may be full. Try again in a few minutes.',
        ],
      })
    }
    const unreadable = isUnreadable(error)
    const status = error.statusCode ?? (unreadable ? 400 : 500)
    if (status >= 500 || unreadable) request.log.error(whatFailed(error), 'a request failed')
    return send(service, request, reply, {
      status,
      title:
        status === 429
          ? 'Too many requests'
          : status < 500
            ? 'This could not be read'
            : 'Sorry, there is a problem with the service',
      paragraphs: [status < 500 ? 'Go back and try again.' : 'Nothing was saved. Try again in a few minutes.'],
    })
  })
}

const TITLES: Readonly<Record<Exclude<ActionErrorCode, 'NOT_FOUND'>, string>> = {
  NOT_ALLOWED: 'You cannot do this',
  NOT_NOW: 'This cannot be done now',
  NOT_VALID: 'This cannot be done',
}

interface Said {
  readonly status: number
  readonly title: string
  readonly paragraphs: readonly string[]
  /** why, in a word that does not change: whoever helps asks for it */
  readonly code?: string
}

/** Whoever is signed in keeps their menu, and of what was refused the way to what it was about. */
async function send(service: Service, request: FastifyRequest, reply: FastifyReply, said: Said): Promise<FastifyReply> {
  // Too many pages are not answered with more work.
  const { signedIn, frame } = said.status === 429 ? NOBODY_ASKED : await frameOfError(service, request)
  const about =
    signedIn === undefined || said.code === undefined ? undefined : await wayBack(service, signedIn.actor, request)
  return reply
    .code(said.status)
    .type('text/html; charset=utf-8')
    .send(render('layout/error.njk', { force: service.force, ...frame, ...said, about }))
}

const NOBODY_ASKED = { signedIn: undefined, frame: {} }

/** The pages of what an address is about, by the name of its parameter, with the act of seeing them. */
const ABOUT: readonly (readonly [of: Subject['of'], path: string, see: Act, text: string])[] = [
  ['request', PATHS.request, 'request.see', 'Go to the request'],
  ['extraction', PATHS.extraction, 'extraction.see', 'Go to the extraction'],
  ['destruction', PATHS.destruction, 'retention.see', 'Go to the destruction'],
  ['device', PATHS.device, 'case.see', 'Go to the device'],
  ['case', PATHS.case, 'case.see', 'Go to the case'],
]

async function wayBack({ ops }: Service, actor: Actor, request: FastifyRequest) {
  const params = (request.params ?? {}) as Record<string, string>
  const [of, path, see, text] = ABOUT.find(([name]) => params[name] !== undefined) ?? []
  if (of === undefined || path === undefined || see === undefined) return undefined
  const id = params[of] ?? ''
  const href = pathTo(path, { [of]: id })
  if (request.method === 'GET' && request.url === href) return undefined
  const decided = await allow(ops, actor, see, { of, id } as Subject).catch(() => undefined)
  return decided?.allowed ? { href, text } : undefined
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
