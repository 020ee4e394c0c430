// Everything works without this: it puts the tick and the buttons of a page of records under the keyboard.
const form = document.querySelector('form[data-review]')
const records = [...document.querySelectorAll('[data-record]')]
const TAGS = { r: 'relevant', n: 'not_relevant', p: 'privileged' }
let at = records.findIndex((record) => `#${record.id}` === location.hash)

function go(to) {
  if (records.length === 0) return
  at = Math.min(Math.max(to, 0), records.length - 1)
  records[at].focus({ preventScroll: true })
  records[at].scrollIntoView({ block: 'center' })
}

function tag(name) {
  const button = form?.querySelector(`button[name="tag"][value="${name}"]`)
  if (!button) return
  const ticks = [...form.querySelectorAll('input[name="record"][type="checkbox"]')]
  if (ticks.length > 0 && !ticks.some((tick) => tick.checked)) {
    const tick = records[at]?.querySelector('input[name="record"]')
    if (!tick) return
    tick.checked = true
  }
  form.requestSubmit(button)
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  // Letters that somebody types are theirs.
  if (event.target instanceof Element && event.target.closest('input:not([type="checkbox"]), textarea, select')) return
  if (event.key === 'j') go(at + 1)
  else if (event.key === 'k') go(at - 1)
  else if (event.key === 'x') records[at]?.querySelector('input[name="record"]')?.click()
  else if (TAGS[event.key]) tag(TAGS[event.key])
  else return
  event.preventDefault()
})
