import type { FileSource, OpenedFile, SourceFile, SqliteReader } from '../acquisition/index.ts'
import type { Attachment, Found, Placed, Problem, RecordKind, TimeEncoding } from '../records/index.ts'

/**
 * What one kind of file on a phone means. Each lives in a folder of its own and is one line in `registry.ts`.
 * An artefact says where its files lie, recognises their schema, and describes its records; it never decides what is taken.
 */
export type Artefact = DatabaseArtefact | FileArtefact

interface Described {
  /** folder name, e.g. `ios-sms` */
  readonly id: string
  /** in plain words, for `inspect`: "Messages (SMS, MMS, iMessage)" */
  readonly title: string
  /** what it can give; `app` as scopes name it */
  readonly yields: readonly { readonly kind: RecordKind; readonly app: string }[]
}

/** Records that are rows of a database. */
export interface DatabaseArtefact extends Described {
  readonly type: 'database'
  /** Whether a file, by its whole path, is this artefact's database, in any layout (file system, backup domain, loose). */
  locates(path: string): boolean
  /** Whether a database of unknown name is this artefact's, by its tables. Only asked of databases lying loose in a folder. */
  recognises(tables: ReadonlyMap<string, ReadonlySet<string>>): boolean
  /** Describes the records of an opened database, or says why its schema is not recognised. Reads no content. */
  describe(database: SqliteReader, context: ReadContext): RecordTable[] | { readonly notRecognised: string }
}

/** What reading a record may need beside its own row. */
export interface ReadContext {
  /** Looks a file of the source up by path; used for attachments. Case matters. */
  file(path: string): SourceFile | undefined
  /** the source's own path for the database */
  readonly path: string
  /** Reports an oddity. */
  problem(problem: Problem): void
}

/**
 * One table of records, described so that a scope can be compiled to SQL over it. One row of `from` is one record: joins
 * MUST NOT multiply or drop rows, because totals come from counting.
 */
export interface RecordTable {
  readonly kind: RecordKind
  /** table named in the provenance, e.g. `message` */
  readonly table: string
  /** SQL after FROM, e.g. `message m LEFT JOIN …` */
  readonly from: string
  /** the same without the joins, where every row of it is one row of `from`: counting is much faster without them */
  readonly rows?: string
  /** SQL, integer, unique per record, ascending: the provenance's row and the order of records. Alias-qualified, e.g. `m.ROWID` */
  readonly key: string
  /** rows of `from` that are records at all; absent = every row */
  readonly where?: string
  /** rows that are records and may never be read, with the reason under which they are counted as left */
  readonly never?: readonly { readonly reason: 'deleted'; readonly where: string }[]
  /** one app for the whole table, or SQL that yields one of `apps` for each row */
  readonly app: string | { readonly sql: string; readonly apps: readonly string[] }
  /** SQL of the raw value; absent = records of this table never have a time */
  readonly time?: { readonly sql: string; readonly encoding: TimeEncoding }
  /** how rows name their parties; a row concerns a person when any of these does; empty = never any party */
  readonly parties: readonly PartyColumn[]
  /** SQL of the text that `containing` searches, equal to the record's `body`; may use functions that `describe` defined */
  readonly body?: string
  /** SQL of WGS 84 degrees, both null where there is no place */
  readonly place?: { readonly lat: string; readonly lon: string }
  /** SQL of the conversation's key, for context; absent = no conversations */
  readonly thread?: string
  /** SQL select list that `read` needs (without key); every column aliased */
  readonly columns: string
  /** Reads one row into a record. Throws only on a bug: an unreadable row is returned as a problem. */
  read(row: Readonly<Record<string, unknown>>): Found | { readonly unreadable: string }
  /** For a record that was read: the source files behind its attachments, in the order of `attachments`; undefined = not in the source */
  attachmentFiles?(row: Readonly<Record<string, unknown>>): readonly (SourceFile | undefined)[]
}

/** SQL that names a party of a row. */
export type PartyColumn =
  /** the address itself */
  | { readonly address: string }
  /** a key (integer or text), and the addresses behind every key: 1 for a person, many for a group */
  | { readonly key: string; readonly addresses: () => ReadonlyMap<string | number, readonly string[]> }

/** Records that are files of their own (pictures, property lists). Decided in memory, one file at a time. */
export interface FileArtefact extends Described {
  readonly type: 'files'
  locates(path: string): boolean
  /** Finds which of the located files may never be read, where that is written in another file of the source. */
  neverRead?(source: FileSource, located: readonly string[]): Promise<NeverRead>
  /** Reads as much of one file as it takes to know the record. */
  read(file: SourceFile, source: FileSource): Promise<FileReading>
}

/** Located files that are counted as left and not opened. */
export interface NeverRead {
  readonly reason: 'deleted'
  readonly paths: ReadonlySet<string>
  /** what was read to know it */
  readonly opened: readonly OpenedFile[]
  readonly problems: readonly Problem[]
}

export interface FileReading {
  readonly placed: readonly Placed[]
  readonly problems: readonly Problem[]
  /** bytes that were looked at */
  readonly bytesRead: number
  /** present where the file was read to its end and its path is the system's, not somebody's: for the manifest */
  readonly whole?: OpenedFile
  /** the files behind the attachments of the records, in their order, where those are files beside this one */
  readonly beside?: readonly SourceFile[]
}

export type { Attachment }
