import { parseArgs } from 'node:util'
import { EXIT, Stop } from './exit.ts'
import type { Terminal } from './terminal.ts'

/** One verb of `peel`. */
export interface Command {
  readonly name: string
  /** after the name, as `peel help` shows it */
  readonly usage: string
  readonly summary: string
  readonly options: Readonly<Record<string, Option>>
  /** names of the words that must follow, e.g. `<source>` */
  readonly words: readonly string[]
  /** Does the work and returns the exit code. */
  run(input: Input, terminal: Terminal): Promise<number> | number
}

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly help: string
  readonly required?: true
  /** may be given more than once */
  readonly multiple?: true
}

export interface Input {
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | string[] | undefined>>
}

/** Reads the words and options of a command. Throws Stop with `usage`. */
export function readInput(command: Command, args: readonly string[]): Input {
  const hint = `peel ${command.name} ${command.usage}`
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(command.options).map(([name, { type, multiple }]) => [
          name,
          { type, multiple: multiple ?? false },
        ]),
      ),
    })
  } catch (error) {
    throw new Stop(
      EXIT.usage,
      lowerFirst(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)),
      hint,
    )
  }
  const given = parsed.positionals
  if (given.length < command.words.length)
    throw new Stop(EXIT.usage, `${command.words[given.length]?.replace('…', '')} is missing`, hint)
  if (given.length > command.words.length && !command.words.at(-1)?.includes('…'))
    throw new Stop(EXIT.usage, surplus(given.length - command.words.length), hint)
  for (const [name, option] of Object.entries(command.options))
    if (option.required && parsed.values[name] === undefined) throw new Stop(EXIT.usage, `--${name} is missing`, hint)
  return { words: given, options: parsed.values as Input['options'] }
}

function surplus(words: number): string {
  return words === 1 ? 'there is a word too many' : `there are ${words} words too many`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** The value of an option that takes one. */
export function text(input: Input, name: string): string | undefined {
  const value = input.options[name]
  return typeof value === 'string' ? value : undefined
}

/** The values of an option that may be given more than once. */
export function texts(input: Input, name: string): readonly string[] {
  const value = input.options[name]
  return Array.isArray(value) ? value : []
}
