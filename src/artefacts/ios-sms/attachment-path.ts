const FOLDERS = ['Library/SMS/', 'Library/Messages/']

/** Where a file system's copy, a backup's domains or a tool's export keep what the phone has under `~`. */
const HOMES = ['MediaDomain/', 'HomeDomain/', 'private/var/mobile/', 'var/mobile/', 'mobile/']

/**
 * Paths in a source under which an attachment may lie, likeliest first. `filename` is as `attachment` has it
 * (`~/Library/SMS/Attachments/…`, `/var/mobile/Library/SMS/Attachments/…`); `database` is the path of the database itself,
 * because what stands before `Library/SMS/` there stands before the attachment too. In backups the two lie in different
 * domains.
 */
export function attachmentPaths(filename: string, database: string): string[] {
  const inHome = fromFolder(filename)
  if (inHome === undefined) return []
  const paths: string[] = []
  const own = fromFolder(database)
  if (own !== undefined) {
    const home = database.slice(0, database.length - own.length)
    if (home.endsWith('HomeDomain/')) paths.push(`${home.slice(0, -'HomeDomain/'.length)}MediaDomain/${inHome}`)
    paths.push(home + inHome)
  } else {
    // A database lying loose, with the folder `Attachments` beside it.
    const beside = inHome.slice(inHome.indexOf('/', 'Library/'.length) + 1)
    paths.push(database.slice(0, database.lastIndexOf('/') + 1) + beside)
  }
  for (const home of HOMES) paths.push(home + inHome)
  return paths
}

function fromFolder(path: string): string | undefined {
  for (const folder of FOLDERS) {
    const at = path.lastIndexOf(folder)
    if (at === 0 || (at > 0 && path[at - 1] === '/')) return path.slice(at)
  }
  return undefined
}
