import type { ColumnType } from 'kysely'

/** JSON goes in as its text. */
export type Json<T> = ColumnType<T, string, string>
export type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>
/** What the database fills in where nothing is given. */
export type Defaulted<T> = ColumnType<T, T | undefined, T>
export type Optional<T> = ColumnType<T | null, T | null | undefined, T | null>
