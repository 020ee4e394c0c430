import { fold, type PeelRecord, person, RECORD_KINDS, type RecordKind } from '../records/index.ts'
import type { StoredRecord } from '../vault/index.ts'
import { type Catalogue, type KnownThread, laneNumber, partiesOf } from './catalogue.ts'
import type { Compartment } from './compartment.ts'
import { conditions, type Filter, indexFor, NO_TIME } from './filter.ts'
import { type Bar, type Stretch, stretchFor } from './histogram.ts'

/** One record of a page. */
export interface Item {
  readonly seq: number
  readonly record: PeelRecord
  /** number of its conversation */
  readonly thread?: number
}

/** A page of records, by time and then in the order of the extract; those without a time come last. */
export interface Page {
  readonly items: readonly Item[]
  /** all that the filter finds */
  readonly total: number
  /** whether there are any before and after it */
  readonly hasBefore: boolean
  readonly hasAfter: boolean
}

/** From where a page goes on: after or before a record, named by its number. */
export interface Cursor {
  readonly after?: number
  readonly before?: number
  /** from that record on, itself included */
  readonly from?: number
}

export interface ConversationSummary extends KnownThread {
  readonly thread: number
  readonly count: number
  readonly firstMs?: number
  readonly lastMs?: number
  /** as the phone calls it */
  readonly name?: string
  readonly people: readonly Someone[]
  /** people beyond those */
  readonly more: number
}

/** A person as records here name them. */
export interface Someone {
  readonly party: number
  readonly person: string
  /** the same, one for every spelling of it: whichever stood first may be another app's */
  readonly address: string
  readonly name?: string
  readonly count: number
  /** whether anything here is between the two of them alone: a call, a contact, a conversation with nobody else */
  readonly isDirect: boolean
}

/** A search finds no more than this; whoever reaches it has to say more precisely what they look for. */
export const FOUND_AT_MOST = 5_000

const SELECT = 'SELECT i.seq AS seq, i.thread AS thread, r.json AS json'
const JOIN = 'JOIN record r ON r.seq = i.seq'

/** One compartment of an open container, as pages ask for it. Every question names the compartment; there is none without. */
export class View {
  readonly #catalogue: Catalogue
  readonly #lane: number

  constructor(catalogue: Catalogue, compartment: Compartment) {
    this.#catalogue = catalogue
    this.#lane = laneNumber(compartment)
  }

  /** Counts records by kind, in the order of the kinds; none that are not there. */
  kinds(): { readonly kind: RecordKind; readonly count: number }[] {
    const rows = this.#known<{ kind: number; n: number }>(
      'SELECT kind, count(*) AS n FROM item WHERE lane = ? GROUP BY kind ORDER BY kind',
      this.#lane,
    )
    return rows.map(({ kind, n }) => ({ kind: RECORD_KINDS[kind] as RecordKind, count: n }))
  }

  /** The apps that anything here is from. */
  apps(): string[] {
    const rows = this.#known<{ app: number }>(
      'SELECT app FROM item INDEXED BY item_at WHERE lane = ? GROUP BY app',
      this.#lane,
    )
    return rows.map(({ app }) => this.#catalogue.appNamed(app)).sort()
  }

  count(filter: Filter = {}): number {
    const { where, values } = this.#conditions(filter)
    const sql = `SELECT count(*) AS n FROM item i INDEXED BY ${indexFor(filter)} WHERE ${where}`
    return this.#known<{ n: number }>(sql, values)[0]?.n as number
  }

  /** A page of records that a filter finds. */
  page(filter: Filter, limit: number, cursor: Cursor = {}): Page {
    const back = cursor.before !== undefined
    const from = cursor.before ?? cursor.after ?? cursor.from
    const at = from === undefined ? undefined : this.#at(from)
    const { where, values } = this.#conditions(filter)
    const beyond =
      at === undefined
        ? ''
        : `AND (i.at, i.seq) ${back ? '<' : cursor.after === undefined ? '>=' : '>'} (@cursorAt, @cursorSeq)`
    const order = back ? 'DESC' : 'ASC'
    const rows = this.#ask<Row>(
      `${SELECT} FROM item i INDEXED BY ${indexFor(filter)} ${JOIN} WHERE ${where} ${beyond} ORDER BY i.at ${order}, i.seq ${order} LIMIT @limit`,
      { ...values, ...(at !== undefined && { cursorAt: at, cursorSeq: from }), limit: limit + 1 },
    )
    const more = rows.length > limit
    const items = rows.slice(0, limit).map(itemOf)
    if (back) items.reverse()
    return {
      items,
      total: this.count(filter),
      hasBefore: back ? more : at !== undefined,
      hasAfter: back ? at !== undefined : more,
    }
  }

  /** The page in which a record stands, so that it is not the last of it. Of a record that the filter leaves out, the first page. */
  pageAround(filter: Filter, limit: number, id: string): Page {
    const seq = this.seqOf(id)
    if (seq === undefined) return this.page(filter, limit)
    const before = this.page(filter, Math.floor(limit / 2), { before: seq })
    const page = this.page(filter, limit, { from: before.items[0]?.seq ?? seq })
    return { ...page, hasBefore: before.hasBefore }
  }

  /** Records by their ids, in that order; what is not in this compartment is left out. */
  records(ids: readonly string[]): Item[] {
    return ids.flatMap((id) => {
      const seq = this.seqOf(id)
      return seq === undefined ? [] : this.#ask<Row>(`${SELECT} FROM item i ${JOIN} WHERE i.seq = ?`, seq).map(itemOf)
    })
  }

  /** The number of a record of this compartment. */
  seqOf(id: string): number | undefined {
    const seq = this.#catalogue.seqOf(id)
    if (seq === undefined) return undefined
    return this.#ask<{ seq: number }>('SELECT seq FROM item WHERE seq = ? AND lane = ?', seq, this.#lane)[0]?.seq
  }

  /** Records in the order in which they lie in the extract, from one of them on. */
  *inOrder(fromSeq = 0, slice = 500): Generator<StoredRecord> {
    for (let from = fromSeq; ; ) {
      const rows = this.#ask<StoredRecord>(
        'SELECT r.seq, r.id, r.leaf, r.json FROM item i JOIN record r ON r.seq = i.seq WHERE i.seq >= ? AND i.lane = ? ORDER BY i.seq LIMIT ?',
        from,
        this.#lane,
        slice,
      )
      yield* rows
      if (rows.length < slice) return
      from = (rows.at(-1)?.seq ?? 0) + 1
    }
  }

  /** Conversations, the one with the most messages first. */
  conversations(limit: number, offset = 0): { readonly total: number; readonly conversations: ConversationSummary[] } {
    const rows = this.#known<ThreadRow>(
      `SELECT thread, count(*) AS n, min(at) AS first, max(CASE WHEN at < ${NO_TIME} THEN at END) AS last
       FROM item INDEXED BY item_thread WHERE lane = ? AND thread IS NOT NULL GROUP BY thread ORDER BY n DESC, thread`,
      this.#lane,
    )
    return {
      total: rows.length,
      conversations: rows.slice(offset, offset + limit).map((row) => this.#summary(row)),
    }
  }

  /** One conversation; undefined where nothing of it is in this compartment. */
  conversation(thread: number, people = 50): ConversationSummary | undefined {
    const [row] = this.#ask<ThreadRow>(
      `SELECT thread, count(*) AS n, min(at) AS first, max(CASE WHEN at < ${NO_TIME} THEN at END) AS last
       FROM item INDEXED BY item_thread WHERE lane = ? AND thread = ?`,
      this.#lane,
      thread,
    )
    return row === undefined || row.n === 0 ? undefined : this.#summary(row, people)
  }

  /** The people of a conversation, who say or are told most first. */
  peopleOf(thread: number, limit: number): Someone[] {
    return this.#ask<{ party: number; n: number }>(
      'SELECT party, n FROM thread_party WHERE thread = ? AND lane = ? ORDER BY n DESC, party LIMIT ?',
      thread,
      this.#lane,
      limit,
    ).map(({ party, n }) => this.#someone(party, n))
  }

  /** How many people beside the device user a conversation names: of more than one it is a group. */
  peopleIn(thread: number): number {
    return this.#ask<{ n: number }>(
      'SELECT count(*) AS n FROM thread_party WHERE thread = ? AND lane = ?',
      thread,
      this.#lane,
    )[0]?.n as number
  }

  /** Which of the people of a conversation somebody is, from 1: the same on every page, and telling nothing of them. */
  numberIn(thread: number, address: string): number | undefined {
    const party = this.#catalogue.partyNumber(address)
    if (party === undefined) return undefined
    return this.#ask<{ n: number }>(
      'SELECT count(*) AS n FROM thread_party WHERE thread = ? AND lane = ? AND party <= ?',
      thread,
      this.#lane,
      party,
    )[0]?.n
  }

  /** The people that most records name. */
  people(limit: number): Someone[] {
    return this.#known<{ party: number; n: number }>(
      'SELECT p.party AS party, count(DISTINCT p.seq) AS n FROM item_party p JOIN item i ON i.seq = p.seq WHERE i.lane = ? GROUP BY p.party ORDER BY n DESC, p.party LIMIT ?',
      this.#lane,
      limit,
    ).map(({ party, n }) => this.#someone(party, n))
  }

  someone(party: number): Someone | undefined {
    const [row] = this.#ask<{ n: number }>(
      'SELECT count(DISTINCT p.seq) AS n FROM item_party p JOIN item i ON i.seq = p.seq WHERE i.lane = ? AND p.party = ?',
      this.#lane,
      party,
    )
    return row === undefined || row.n === 0 ? undefined : this.#someone(party, row.n)
  }

  /** Records over time, in stretches of equal length in the calendar (UTC), few enough to be drawn. */
  histogram(filter: Filter): { readonly stretch: Stretch; readonly bars: readonly Bar[]; readonly undated: number } {
    const { where, values } = this.#conditions(filter)
    const from = `FROM item i INDEXED BY ${indexFor(filter)} WHERE ${where}`
    const [ends] = this.#ask<{ first: number | null; last: number | null }>(
      `SELECT (SELECT i.at ${from} AND i.at < ${NO_TIME} ORDER BY i.at LIMIT 1) AS first,
              (SELECT i.at ${from} AND i.at < ${NO_TIME} ORDER BY i.at DESC LIMIT 1) AS last`,
      values,
    )
    const undated = this.#ask<{ n: number }>(`SELECT count(*) AS n ${from} AND i.at = ${NO_TIME}`, values)[0]?.n ?? 0
    const [first, last] = [ends?.first ?? undefined, ends?.last ?? undefined]
    const stretch = stretchFor(first ?? 0, last ?? 0)
    if (first === undefined || last === undefined) return { stretch, bars: [], undated }
    const counts = this.#known<{ day: number; n: number }>(
      `SELECT i.at / 86400000 AS day, count(*) AS n ${from} AND i.at < ${NO_TIME} GROUP BY day ORDER BY day`,
      values,
    )
    return { stretch, bars: stretch.bars(counts, first, last), undated }
  }

  /**
   * Records that hold all phrases, each a run of words, newest last. Looks at `FOUND_AT_MOST` of them, in the order of the extract; where there
   * are more, `isAll` is false. A phrase without a word finds nothing.
   */
  search(
    phrases: readonly string[],
    filter: Filter,
    limit: number,
    offset = 0,
  ): { readonly items: readonly Item[]; readonly total: number; readonly isAll: boolean } {
    const hits = this.#hits(phrases, filter)
    const isAll = hits.length <= FOUND_AT_MOST
    const kept = hits.slice(0, FOUND_AT_MOST).sort((a, b) => a.at - b.at || a.seq - b.seq)
    const items = kept
      .slice(offset, offset + limit)
      .flatMap(({ seq }) => this.#ask<Row>(`${SELECT} FROM item i ${JOIN} WHERE i.seq = ?`, seq).map(itemOf))
    return { items, total: kept.length, isAll }
  }

  /** The ids of what a search finds, `FOUND_AT_MOST` at most, in the order of the extract. */
  found(phrases: readonly string[], filter: Filter): string[] {
    return this.#hits(phrases, filter)
      .slice(0, FOUND_AT_MOST)
      .flatMap(({ seq }) => this.#ask<{ id: string }>('SELECT id FROM record WHERE seq = ?', seq).map(({ id }) => id))
  }

  #hits(phrases: readonly string[], filter: Filter): { readonly seq: number; readonly at: number }[] {
    const folded = phrases.map((phrase) => fold(phrase).trim().replaceAll('"', ''))
    if (folded.length === 0 || folded.includes('')) return []
    const { where, values } = this.#conditions(filter)
    return this.#ask<{ seq: number; at: number }>(
      `SELECT i.seq AS seq, i.at AS at FROM record_words w CROSS JOIN item i ON i.seq = w.rowid
       WHERE record_words MATCH @words AND ${where} ORDER BY w.rowid LIMIT ${FOUND_AT_MOST + 1}`,
      { ...values, words: folded.map((phrase) => `"${phrase}"`).join(' AND ') },
    )
  }

  /** Says how records here are tagged: how many of each tag. */
  tags(): Record<string, number> {
    const rows = this.#ask<{ tag: string; n: number }>(
      'SELECT t.tag AS tag, count(*) AS n FROM item_tag t JOIN item i ON i.seq = t.seq WHERE i.lane = ? GROUP BY t.tag',
      this.#lane,
    )
    return Object.fromEntries(rows.map(({ tag, n }) => [tag, n]))
  }

  /** The tags of one record. */
  tagsOf(seq: number): string[] {
    return this.#ask<{ tag: string }>('SELECT tag FROM item_tag WHERE seq = ? ORDER BY tag', seq).map(({ tag }) => tag)
  }

  #at(seq: number): number | undefined {
    return this.#ask<{ at: number }>('SELECT at FROM item WHERE seq = ?', seq)[0]?.at
  }

  #summary({ thread, n, first, last }: ThreadRow, people = 3): ConversationSummary {
    const [named] = this.#ask<{ name: string | null }>(
      `SELECT r.json ->> '$.thread_name' AS name FROM item i INDEXED BY item_thread ${JOIN} WHERE i.lane = ? AND i.thread = ? ORDER BY i.at DESC LIMIT 1`,
      this.#lane,
      thread,
    )
    const known = this.#catalogue.thread(thread) as KnownThread
    const shown = this.peopleOf(thread, people)
    return {
      ...known,
      thread,
      count: n,
      ...(first < NO_TIME && { firstMs: first }),
      ...(last !== null && { lastMs: last }),
      ...(typeof named?.name === 'string' && named.name.trim() !== '' && { name: named.name }),
      people: shown,
      more: this.peopleIn(thread) - shown.length,
    }
  }

  /** A person with the name that a record of this compartment gives them: a name that stands only in what was set apart is not told. */
  #someone(party: number, count: number): Someone {
    const known = this.#catalogue.party(party)
    const who = known?.person ?? ''
    const [row] = this.#ask<{ json: string }>(
      'SELECT r.json AS json FROM item_party p CROSS JOIN item i ON i.seq = p.seq CROSS JOIN record r ON r.seq = p.seq WHERE p.party = ? AND p.named = 1 AND i.lane = ? LIMIT 1',
      party,
      this.#lane,
    )
    const named =
      row &&
      partiesOf(JSON.parse(row.json) as PeelRecord).find((one) => one.name !== undefined && person(one.address) === who)
    return {
      party,
      person: who,
      address: who,
      ...(named?.name !== undefined && named.name.trim() !== '' && { name: named.name }),
      count,
      isDirect: this.#isDirect(party),
    }
  }

  #isDirect(party: number): boolean {
    const [row] = this.#known<{ n: number }>(
      `SELECT EXISTS (SELECT 1 FROM thread_party t WHERE t.party = @party AND t.lane = @lane
         AND (SELECT count(*) FROM thread_party u WHERE u.thread = t.thread AND u.lane = @lane) = 1)
       OR EXISTS (SELECT 1 FROM item_party p CROSS JOIN item i ON i.seq = p.seq WHERE p.party = @party AND i.lane = @lane AND i.thread IS NULL) AS n`,
      { party, lane: this.#lane },
    )
    return row?.n === 1
  }

  #conditions(filter: Filter) {
    return conditions(filter, this.#lane, (app) => this.#catalogue.appNumber(app))
  }

  /** The same question has the same answer until somebody tags something. */
  #known<T>(sql: string, ...values: unknown[]): T[] {
    return this.#catalogue.remember(JSON.stringify([sql, values]), () => this.#ask<T>(sql, ...values))
  }

  #ask<T>(sql: string, ...values: unknown[]): T[] {
    return this.#catalogue.reader.ask<T>(sql, ...values)
  }
}

interface Row {
  readonly seq: number
  readonly thread: number | null
  readonly json: string
}

interface ThreadRow {
  readonly thread: number
  readonly n: number
  readonly first: number
  readonly last: number | null
}

function itemOf({ seq, thread, json }: Row): Item {
  return { seq, record: JSON.parse(json) as PeelRecord, ...(thread !== null && { thread }) }
}
