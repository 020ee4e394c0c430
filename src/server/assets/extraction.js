// Hands in a source in parts, and goes on where it stopped; and keeps the page of a running extraction up to date.
const CHUNK = 8 * 1024 * 1024
const number = new Intl.NumberFormat('en-GB')
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

const form = document.querySelector('[data-upload]')
if (form) {
  form.hidden = false
  const said = form.querySelector('[data-said]')
  const bar = form.querySelector('progress')
  const button = form.querySelector('button')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const file = form.querySelector('input[type=file]').files[0]
    if (!file) {
      said.textContent = 'Choose a file first.'
      return
    }
    button.disabled = true
    bar.hidden = false
    try {
      await handIn(file)
      location.reload()
    } catch (error) {
      said.textContent = `${error.message} Choose the same file again to go on where it stopped.`
      button.disabled = false
    }
  })

  async function handIn(file) {
    const csrf = form.dataset.csrf
    let address = form.dataset.address
    let received = 0
    if (address) {
      const state = await ask(address, {})
      if (state.bytes !== file.size) throw new Error('This is another file than the one that was begun.')
      received = state.received
    } else {
      const begun = await ask(form.dataset.begin, {
        method: 'POST',
        headers: { 'x-csrf': csrf, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ request: form.dataset.request, bytes: String(file.size) }),
      })
      address = begun.address
      form.dataset.address = address
    }
    while (received < file.size) {
      said.textContent = `${Math.floor((received / file.size) * 100)}% handed in`
      bar.value = received / file.size
      received = await send(address, csrf, file.slice(received, received + CHUNK), received)
    }
  }

  // A part that did not get through is sent again; what was received counts, not what was sent.
  async function send(address, csrf, part, offset) {
    for (let attempt = 0; ; attempt++) {
      try {
        const headers = { 'x-csrf': csrf, 'content-type': 'application/octet-stream' }
        return (await ask(`${address}?offset=${offset}`, { method: 'PUT', headers, body: part })).received
      } catch (error) {
        if (error.final || attempt === 5) throw error
        await pause(1000 * 2 ** attempt)
      }
    }
  }

  async function ask(address, options) {
    const response = await fetch(address, { ...options, redirect: 'error' }).catch(() => {
      throw new Error('The connection was interrupted.')
    })
    const answer = await response.json().catch(() => ({}))
    if (response.ok) return answer
    const error = new Error(answer.says ?? 'It was not taken.')
    error.final = response.status < 500 && answer.reason !== 'BUSY' && response.status !== 429
    throw error
  }
}

const running = document.querySelector('[data-progress]')
if (running) {
  const state = running.dataset.state
  ;(async () => {
    for (;;) {
      await pause(1000)
      const response = await fetch(running.dataset.progress).catch(() => undefined)
      if (!response?.ok) continue
      const now = await response.json()
      if (now.state !== state || now.stopping !== (running.dataset.stopping === 'true')) {
        location.reload()
        return
      }
      for (const name of ['file', 'files', 'taken']) {
        const place = running.querySelector(`[data-${name}]`)
        if (place && now[name] !== undefined) place.textContent = number.format(now[name])
      }
      const isCounted = now.files > 0
      for (const place of running.querySelectorAll('[data-counting]')) place.hidden = isCounted
      for (const place of running.querySelectorAll('[data-counted]')) place.hidden = !isCounted
      const bar = running.querySelector('progress')
      if (bar && now.files > 0) bar.value = now.file / now.files
    }
  })()
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}
