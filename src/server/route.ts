import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, Subject } from '../actions/index.ts'
import type { Act } from '../access/index.ts'
import type { EventKind } from '../events/index.ts'
import type { UploadedFile } from './multipart.ts'
import type { Service } from './service.ts'

/** One line of the table of routes. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** in the words of paths.ts */
  readonly path: string
  /** the act that the policy is asked about; `anyone`: without signing in; `signed-in`: everybody who has a role */
  readonly who: Act | 'anyone' | 'signed-in'
  /** which parameter names what the act is about: somebody who may not know of it is told that it is not there */
  readonly about?: Subject['of']
  /** of a form: the page on which it stands; default the page of the same address */
  readonly formOn?: string
  /** whether somebody has just confirmed who they are, where the policy has no act that says so */
  readonly stepUp?: true
  /** what stands in the log after it */
  readonly logs: readonly EventKind[]
  /** largest body, in bytes; default 100 KiB */
  readonly bodyLimit?: number
  /** how often a minute from one address; default what pages may */
  readonly perMinute?: number
  readonly handle: (visit: Visit) => Promise<Answer>
}

/** One request, as pages see it. */
export interface Visit {
  readonly service: Service
  /** who asks; of routes for anyone, somebody without a name or a role */
  readonly actor: Actor
  /** the case that the route is about */
  readonly caseId?: string
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string | undefined>>
  /** what a form sent: a name that came several times is a list */
  readonly form: Readonly<Record<string, string | readonly string[] | undefined>>
  /** files that came with a form (`enctype="multipart/form-data"`), by the name of their field */
  readonly files: ReadonlyMap<string, UploadedFile>
  readonly now: Date
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** What a page answers. */
export type Answer =
  | { readonly page: string; readonly view: Readonly<Record<string, unknown>>; readonly status?: number }
  | { readonly redirect: string }
  | {
      readonly body: string | Buffer | NodeJS.ReadableStream
      readonly type: string
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
    }
  /** the handler has answered by itself */
  | { readonly done: true }
