/** One opening tag. */
export interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

const VOID = new Set(['meta', 'img', 'br', 'hr'])
const TOKEN =
  /<!doctype html>|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*)\s*>|<style>[\s\S]*?<\/style>/g

/**
 * Reads HTML more strictly than a browser would: whatever looks like a tag and is not one is a fault, and so is a tag that
 * does not close in its turn. Used by tests only.
 */
export function tagsOf(html: string): { tags: Tag[]; faults: string[] } {
  const body = html.replace(/<style>[\s\S]*?<\/style>/, '<style></style>')
  const tags: Tag[] = []
  const faults: string[] = []
  const open: string[] = []
  const rest = body.replace(TOKEN, (_, close: string | undefined, name: string | undefined, attributes: string) => {
    if (name === undefined) return ''
    if (close === '/') {
      const last = open.pop()
      if (last !== name) faults.push(`</${name}> closes <${last}>`)
    } else {
      tags.push({
        name,
        attributes: new Map(
          [...attributes.matchAll(/([a-zA-Z:-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, value]),
        ),
      })
      if (!VOID.has(name)) open.push(name)
    }
    return ''
  })
  if (open.length > 0) faults.push(`${open.join(', ')} never closed`)
  if (/[<>]/.test(rest)) faults.push(`a bracket stands in the text: ${/.{0,40}[<>].{0,40}/.exec(rest)?.[0]}`)
  return { tags, faults }
}

/** The levels of the headings, in order. */
export function outline(html: string): number[] {
  return tagsOf(html).tags.flatMap(({ name }) => (/^h[1-6]$/.test(name) ? [Number(name[1])] : []))
}

/** The text that a reader sees. */
export function textOf(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(lt|gt|quot|#39|amp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name] ?? '',
    )
}
