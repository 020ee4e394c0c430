/** Whether a file has one of these names, in whatever folder. Asked of every path of a phone for every artefact: nothing is taken apart. */
export function isNamed(path: string, ...names: readonly string[]): boolean {
  for (const name of names)
    if (path.endsWith(name) && (path.length === name.length || path[path.length - name.length - 1] === '/')) return true
  return false
}
