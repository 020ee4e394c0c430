import { enableCompileCache } from 'node:module'

// Sources are TypeScript: what was stripped and compiled once is kept, which halves the time to start.
enableCompileCache()
// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
const { main } = await import('../cli/main.ts')
process.exitCode = await main(process.argv.slice(2))
