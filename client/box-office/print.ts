import { html, render, type TemplateResult } from 'lit-html';

/** Only this reaches the printer: a roll of 80 mm, or a sheet. The styles for both are in office.css. */
export function printPaper(content: TemplateResult, paper: 'receipt' | 'sheet'): void {
  const place = document.querySelector<HTMLElement>('#paper');
  if (!place) return;
  render(html`<div class="paper" data-paper=${paper}>${content}</div>`, place);
  addEventListener('afterprint', () => render(html``, place), { once: true });
  void drawn(place).then(() => print());
}

/** A printer does not wait for pictures. */
async function drawn(place: HTMLElement): Promise<void> {
  await Promise.all([...place.querySelectorAll('img')].map(image => image.decode().catch(() => {})));
}
