// Loaded before the program under test: writes down, when it ends, the most memory that it ever had, in bytes.
import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

const file = process.env.PEEL_PEAK
if (file && isMainThread)
  process.on('exit', () => {
    try {
      writeFileSync(file, String(process.resourceUsage().maxRSS * 1024))
    } catch {
      // A full disk is one of the things that are tested.
    }
  })
