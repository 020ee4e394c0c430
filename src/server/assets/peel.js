// Everything works without this. With it the design system's components come alive.
document.documentElement.classList.add('govuk-frontend-supported')
document.body.classList.add('js-enabled', 'govuk-frontend-supported')
import('/assets/govuk.js').then(({ initAll }) => initAll())
// The design system says of a radio button that it is expanded, which no radio button can be (WAI-ARIA 1.2, radio): what follows it says enough.
const unexpand = () => {
  for (const radio of document.querySelectorAll('[type=radio][aria-expanded]')) radio.removeAttribute('aria-expanded')
}
new MutationObserver(unexpand).observe(document.body, { subtree: true, attributeFilter: ['aria-expanded'] })
