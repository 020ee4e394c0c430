/** The whole look of the report, on a screen, on a phone and on paper. */
export const STYLE = `body{font-family:system-ui,sans-serif}`
