import { fold, type PeelRecord, person, RECORD_KINDS, type RecordKind } from '../records/index.ts'
import { type Catalogue, type KnownThread, laneNumber } from './catalogue.ts'
import { dayOf } from './british-day.ts'
import type { Compartment } from './compartment.ts'
import { conditions, type Filter, indexFor, NO_TIME } from './filter.ts'
import { type Bar, type Stretch, stretchFor } from './histogram.ts'
import { partiesOf } from './parties.ts'

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
const HOUR_MS = 3_600_000
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
      'SELECT kind, n FROM lane_kind WHERE lane = ? AND n > 0 ORDER BY kind',
      this.#lane,
    )
    return rows.map(({ kind, n }) => ({ kind: RECORD_KINDS[kind] as RecordKind, count: n }))
  }

  /** The apps that anything here is from. */
  apps(): string[] {
    const rows = this.#known<{ name: string }>(
      'SELECT a.name AS name FROM lane_app l JOIN app a ON a.number = l.app WHERE l.lane = ? AND l.n > 0',
      this.#lane,
    )
    return rows.map(({ name }) => name).sort()
  }

  count(filter: Filter = {}): number {
    const sum = this.#sum(filter)
    if (sum !== undefined) return sum
    const { from, values } = this.#conditions(filter)
    return this.#known<{ n: number }>(`SELECT count(*) AS n ${from}`, values)[0]?.n as number
  }

  /** A page of records that a filter finds. */
  page(filter: Filter, limit: number, cursor: Cursor = {}): Page {
    const back = cursor.before !== undefined
    const from = cursor.before ?? cursor.after ?? cursor.from
    const at = from === undefined ? undefined : this.#at(from)
    const { from: source, values } = this.#conditions(filter, JOIN)
    const beyond =
      at === undefined
        ? ''
        : `AND (i.at, i.seq) ${back ? '<' : cursor.after === undefined ? '>=' : '>'} (@cursorAt, @cursorSeq)`
    const order = back ? 'DESC' : 'ASC'
    const rows = this.#ask<Row>(`${SELECT} ${source} ${beyond} ORDER BY i.at ${order}, i.seq ${order} LIMIT @limit`, {
      ...values,
      ...(at !== undefined && { cursorAt: at, cursorSeq: from }),
      limit: limit + 1,
    })
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
    const [row] = this.#ask<{ lane: number }>('SELECT lane FROM apart WHERE seq = ?', seq)
    return (row?.lane ?? 0) === this.#lane ? seq : undefined
  }

  /** The message that an app knows by a key of its own; undefined where none of this compartment is that. */
  messageCalled(app: string, key: string): { readonly id: string; readonly thread?: number } | undefined {
    for (const seq of this.#catalogue.seqsOf(app, key)) {
      const [row] = this.#ask<{ id: string; thread: number | null; lane: number | null }>(
        `SELECT r.id AS id, i.thread AS thread, a.lane AS lane FROM item i JOIN record r ON r.seq = i.seq
         LEFT JOIN apart a ON a.seq = i.seq WHERE i.seq = ?`,
        seq,
      )
      if (row !== undefined && (row.lane ?? 0) === this.#lane)
        return { id: row.id, ...(row.thread !== null && { thread: row.thread }) }
    }
    return undefined
  }

  /** The name that records of this compartment give to whoever is behind an address; undefined where none does. */
  nameOf(address: string): string | undefined {
    const party = this.#catalogue.partyNumber(address)
    return party === undefined ? undefined : this.someone(party)?.name
  }

  /** Conversations, the one with the most messages first. */
  conversations(limit: number, offset = 0): { readonly total: number; readonly conversations: ConversationSummary[] } {
    const rows = this.#known<ThreadRow>(
      'SELECT thread, n, first, last FROM lane_thread WHERE lane = ? ORDER BY n DESC, thread',
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
      'SELECT thread, n, first, last FROM lane_thread WHERE lane = ? AND thread = ?',
      this.#lane,
      thread,
    )
    return row && this.#summary(row, people)
  }

  /** The people of a conversation, who say or are told most first. */
  peopleOf(thread: number, limit: number): Someone[] {
    return this.#ask<{ party: number; n: number }>(
      'SELECT party, n FROM lane_thread_party WHERE thread = ? AND lane = ? AND n > 0 ORDER BY n DESC, party LIMIT ?',
      thread,
      this.#lane,
      limit,
    ).map(({ party, n }) => this.#someone(party, n))
  }

  /** How many people beside the device user a conversation names: of more than one it is a group. */
  peopleIn(thread: number): number {
    return this.#ask<{ n: number }>(
      'SELECT count(*) AS n FROM lane_thread_party WHERE thread = ? AND lane = ? AND n > 0',
      thread,
      this.#lane,
    )[0]?.n as number
  }

  /** Which of the people of a conversation somebody is, from 1: the same on every page, and telling nothing of them. */
  numberIn(thread: number, address: string): number | undefined {
    const party = this.#catalogue.partyNumber(address)
    if (party === undefined) return undefined
    return this.#ask<{ n: number }>(
      'SELECT count(*) AS n FROM lane_thread_party WHERE thread = ? AND lane = ? AND n > 0 AND party <= ?',
      thread,
      this.#lane,
      party,
    )[0]?.n
  }

  /** The people that most records name. */
  people(limit: number): Someone[] {
    // Who they are stands in a record of each: more to read than the rest of the page that offers them.
    return this.#catalogue.remember(JSON.stringify(['people', this.#lane, limit]), () =>
      this.#ask<{ party: number; n: number }>(
        'SELECT party, n FROM lane_party WHERE lane = ? AND n > 0 ORDER BY n DESC, party LIMIT ?',
        this.#lane,
        limit,
      ).map(({ party, n }) => this.#someone(party, n)),
    )
  }

  someone(party: number): Someone | undefined {
    const [row] = this.#ask<{ n: number }>(
      'SELECT n FROM lane_party WHERE lane = ? AND party = ? AND n > 0',
      this.#lane,
      party,
    )
    return row && this.#someone(party, row.n)
  }

  /** Records over time, in stretches of equal length in the British calendar, few enough to be drawn. */
  histogram(filter: Filter): { readonly stretch: Stretch; readonly bars: readonly Bar[]; readonly undated: number } {
    const { from, values } = this.#conditions(filter)
    const [ends] = this.#ask<{ first: number | null; last: number | null }>(
      `SELECT (SELECT i.at ${from} AND i.at < ${NO_TIME} ORDER BY i.at LIMIT 1) AS first,
              (SELECT i.at ${from} AND i.at < ${NO_TIME} ORDER BY i.at DESC LIMIT 1) AS last`,
      values,
    )
    const undated = this.#ask<{ n: number }>(`SELECT count(*) AS n ${from} AND i.at = ${NO_TIME}`, values)[0]?.n ?? 0
    const [first, last] = [ends?.first ?? undefined, ends?.last ?? undefined]
    const stretch = stretchFor(first ?? 0, last ?? 0)
    if (first === undefined || last === undefined) return { stretch, bars: [], undated }
    const counts = Object.values(filter).every((condition) => condition === undefined)
      ? this.#known<{ day: number; n: number }>('SELECT day, n FROM lane_day WHERE lane = @lane AND n > 0', values)
      : // Clocks change at the hour: every hour lies in one day.
        this.#known<{ hour: number; n: number }>(
          `SELECT i.at / ${HOUR_MS} - (i.at % ${HOUR_MS} < 0) AS hour, count(*) AS n ${from} AND i.at < ${NO_TIME} GROUP BY hour`,
          values,
        ).map(({ hour, n }) => ({ day: dayOf(hour * HOUR_MS), n }))
    return { stretch, bars: stretch.bars(counts), undated }
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
    const { items, where, values } = this.#conditions(filter)
    return this.#ask<{ seq: number; at: number }>(
      `SELECT i.seq AS seq, i.at AS at FROM record_words w CROSS JOIN ${items} i ON i.seq = w.rowid
       WHERE record_words MATCH @words AND ${where} ORDER BY w.rowid LIMIT ${FOUND_AT_MOST + 1}`,
      { ...values, words: folded.map((phrase) => `"${phrase}"`).join(' AND ') },
    )
  }

  /** Says how records here are tagged: how many of each tag. */
  tags(): Record<string, number> {
    const rows = this.#ask<{ tag: string; n: number }>(
      'SELECT t.tag AS tag, count(*) AS n FROM item_tag t LEFT JOIN apart a ON a.seq = t.seq WHERE coalesce(a.lane, 0) = ? GROUP BY t.tag',
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
    const { from, values } = this.#conditions({ thread }, JOIN)
    const [named] = this.#ask<{ name: string | null }>(
      `SELECT r.json ->> '$.thread_name' AS name ${from} ORDER BY i.at DESC LIMIT 1`,
      values,
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
    const who = this.#catalogue.person(party) ?? ''
    const naming =
      this.#lane === 0
        ? 'item_party p WHERE p.seq NOT IN (SELECT seq FROM apart)'
        : 'apart_party p WHERE p.lane = @lane'
    const [row] = this.#ask<{ json: string }>(
      `SELECT r.json AS json FROM record r WHERE r.seq = (SELECT p.seq FROM ${naming} AND p.party = @party AND p.named = 1 LIMIT 1)`,
      { party, lane: this.#lane },
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
      `SELECT EXISTS (SELECT 1 FROM lane_party WHERE lane = @lane AND party = @party AND alone > 0)
       OR EXISTS (SELECT 1 FROM lane_thread_party t WHERE t.party = @party AND t.lane = @lane AND t.n > 0
         AND (SELECT count(*) FROM lane_thread_party u WHERE u.thread = t.thread AND u.lane = @lane AND u.n > 0) = 1) AS n`,
      { party, lane: this.#lane },
    )
    return row?.n === 1
  }

  /** Counts by sums that are there already, where one condition at most limits. */
  #sum(filter: Filter): number | undefined {
    const [first, second] = Object.entries(filter).filter(([, value]) => value !== undefined)
    if (second !== undefined) return undefined
    const [by, value] = first ?? []
    const sum = (of: string, is?: string, value?: number) =>
      this.#known<{ n: number }>(
        `SELECT coalesce(sum(n), 0) AS n FROM ${of} WHERE lane = @lane ${is === undefined ? '' : `AND ${is} = @value`}`,
        { lane: this.#lane, value },
      )[0]?.n
    switch (by) {
      case undefined:
        return sum('lane_kind')
      case 'kind':
        return sum('lane_kind', 'kind', RECORD_KINDS.indexOf(value as RecordKind))
      case 'app':
        return sum('lane_app', 'app', this.#catalogue.appNumber(value as string))
      case 'thread':
        return sum('lane_thread', 'thread', value as number)
      case 'party':
        return sum('lane_party', 'party', value as number)
      default:
        return undefined
    }
  }

  #conditions(filter: Filter, join = '') {
    const { items, where, values } = conditions(filter, this.#lane, (app) => this.#catalogue.appNumber(app))
    const indexed = items === 'item' ? `INDEXED BY ${indexFor(filter)}` : ''
    return { items, where, values, from: `FROM ${items} i ${indexed} ${join} WHERE ${where}` }
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
