import type { Connection } from './connection.ts'

/** the collations that SQLite has itself, in lower case */
export const BUILT_IN = new Set(['binary', 'nocase', 'rtrim'])
/** literals, comments and quoted names in one piece; anything else word by word */
const TOKENS =
  /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"]|"")*"|\[[^\]]*\]|`(?:[^`]|``)*`|[\w$\u0080-\uffff]+|[\s\S]/g

/** Whether the schema names a collation that only the phone has. */
export function collationsUnknown(connection: Connection): boolean {
  const schema = connection.prepare("SELECT sql FROM sqlite_schema WHERE sql LIKE '%collate%'")
  return schema.all([]).some(({ sql }) => typeof sql === 'string' && withKnownCollations(sql) !== sql)
}

/** The statement with BINARY in the place of every collation that SQLite does not have itself. */
export function withKnownCollations(sql: string): string {
  let collate = false
  let text = ''
  for (const [token] of sql.matchAll(TOKENS)) {
    const blank = /^(\s|--|\/\*)/.test(token)
    if (collate && !blank) {
      collate = false
      text += BUILT_IN.has(unquoted(token).toLowerCase()) ? token : 'BINARY'
      continue
    }
    if (/^collate$/i.test(token)) collate = true
    text += token
  }
  return text
}

function unquoted(token: string): string {
  return /^["'`[]/.test(token) ? token.slice(1, -1) : token
}
