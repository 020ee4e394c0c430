import { render } from './render.ts'
import type { Service } from './service.ts'

/** What is told to whoever sends a form that is not from a page of their sign-in. */
export function outOfDate({ force }: Pick<Service, 'force'>, frame: Readonly<Record<string, unknown>> = {}): string {
  return render('layout/error.njk', {
    force,
    ...frame,
    title: 'This page is out of date',
    paragraphs: ['Go back, load the page again and try once more. Nothing was saved.'],
  })
}
