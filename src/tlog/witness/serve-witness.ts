import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { REQUEST_LIMIT } from './request.ts'
import type { Witness, WitnessAnswer } from './witness.ts'

/** How long one request may take to arrive, ms. */
const ARRIVAL = 10_000
/** Connections at once: a witness has a handful of logs to listen to. */
const CONNECTIONS = 256

/**
 * Serves a witness over HTTP: `POST /add-checkpoint`, `GET /<origin hash>/checkpoint` (c2sp.org/tlog-witness). Gives a server that
 * does not listen yet. Whoever may reach it is a matter of what stands before it; signatures say who may have what cosigned.
 */
export function witnessServer(witness: Witness): Server {
  const server = createServer((request, response) => {
    answer(witness, request).then(
      (answered) => send(response, answered),
      () => {
        if (response.headersSent || response.destroyed) response.destroy()
        else send(response, { status: 500, type: 'text/plain; charset=utf-8', body: 'this witness has a fault\n' })
      },
    )
  })
  server.requestTimeout = ARRIVAL
  server.headersTimeout = ARRIVAL
  server.maxConnections = CONNECTIONS
  return server
}

type Answer = Omit<WitnessAnswer, 'status'> & { readonly status: number; readonly close?: true }

async function answer(witness: Witness, request: IncomingMessage): Promise<Answer> {
  const { pathname } = new URL(request.url ?? '/', 'http://witness')
  const hash = /^\/([0-9a-f]{64})\/checkpoint$/.exec(pathname)?.[1]
  if (pathname === '/add-checkpoint') {
    if (request.method !== 'POST') return refuse(405, 'send it with POST')
    const body = await bodyOf(request)
    return body === undefined ? { ...refuse(413, 'the request is too large'), close: true } : witness.add(body)
  }
  if (hash === undefined) return refuse(404, 'there is nothing here')
  return request.method === 'GET' || request.method === 'HEAD'
    ? witness.latest(hash)
    : refuse(405, 'ask for it with GET')
}

/** The body, or undefined where it is larger than any request: the rest is not waited for. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > REQUEST_LIMIT) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function send(response: ServerResponse, { status, type, body, close }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(close ? { connection: 'close' } : {}),
  })
  response.end(body)
}

function refuse(status: number, says: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${says}\n` }
}
