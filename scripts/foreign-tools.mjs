// Other people's tools that judge ours in tests. Without them those tests are skipped and say so; PEEL_REQUIRE_TOOLS=1 makes
// that a failure. As root on Debian they are installed; PEEL_NO_APT=1 prevents it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** command, or file that is a part of one → Debian package */
const TOOLS = {
  age: 'age',
  sqlcipher: 'sqlcipher',
  sqlite3: 'sqlite3',
  openssl: 'openssl',
  exiftool: 'libimage-exiftool-perl',
  pdftotext: 'poppler-utils',
  '/usr/bin/time': 'time',
  chromium: 'chromium',
  go: 'golang-go',
  '/usr/share/gocode/src/golang.org/x/mod/go.mod': 'golang-golang-x-mod-dev',
  python3: 'python3',
  strace: 'strace',
  pg_ctlcluster: 'postgresql',
  ffprobe: 'ffmpeg',
  aapt: 'aapt',
  '/usr/share/android-framework-res/framework-res.apk': 'android-framework-res',
}

export function foreignTools() {
  const missing = Object.keys(TOOLS).filter(
    (tool) => !existsSync(tool) && spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0,
  )
  if (missing.length === 0 || process.env.PEEL_NO_APT || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return
  console.error(`Installing what judges the tests: ${missing.join(', ')} …`)
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  apt('update', '-qq')
  apt('install', '-y', '-qq', '--no-install-recommends', ...missing.map((tool) => TOOLS[tool]))
}
