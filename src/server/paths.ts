/** The only place where addresses are spelt; `:name` stands for a parameter. */
export const PATHS = {
  home: '/',
  health: '/health',
  ready: '/ready',
  metrics: '/metrics',
  signIn: '/sign-in',
  signInDone: '/sign-in/done',
  signOut: '/sign-out',
  stepUp: '/confirm-it-is-you',
  log: '/log/*',
} as const

/** Fills in an address. Throws where a parameter is missing. */
export function pathTo(path: string, parameters: Readonly<Record<string, string | number>> = {}): string {
  return path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    const value = parameters[name]
    if (value === undefined) throw new TypeError(`no ${name} for ${path}`)
    return encodeURIComponent(String(value))
  })
}
