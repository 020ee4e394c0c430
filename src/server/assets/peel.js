// Everything works without this. With it the design system's components come alive.
document.documentElement.classList.add('govuk-frontend-supported')
document.body.classList.add('js-enabled', 'govuk-frontend-supported')
import('/assets/govuk.js').then(({ initAll }) => initAll())
