// Keeps a page about work that goes on up to date: what is marked is taken anew from the page, and when its state is another the page is loaded again.
const live = document.querySelector('[data-live]')
if (live) {
  const state = live.dataset.live
  ;(async () => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 2000))
      const response = await fetch(location.href, { redirect: 'error' }).catch(() => undefined)
      if (!response?.ok) continue
      const now = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('[data-live]')
      if (now?.dataset.live !== state) {
        location.reload()
        return
      }
      live.replaceChildren(...now.childNodes)
    }
  })()
}
