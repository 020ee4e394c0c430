// The package's own types are not reachable through its "exports"; its interface is that of better-sqlite3.
declare module 'better-sqlite3-multiple-ciphers' {
  import Database from 'better-sqlite3'

  export default Database
}
