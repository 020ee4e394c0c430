// Asks the browser to make or use a security key, and sends what it says as an ordinary form.
const { startRegistration, startAuthentication } = window.SimpleWebAuthnBrowser
for (const form of document.querySelectorAll('form[data-security-key]')) {
  const failed = form.querySelector('[role=alert]')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    failed.hidden = true
    try {
      const start = form.dataset.securityKey === 'make' ? startRegistration : startAuthentication
      const response = await start({ optionsJSON: JSON.parse(form.dataset.options) })
      form.elements.response.value = JSON.stringify(response)
      form.submit()
    } catch {
      failed.hidden = false
    }
  })
}
