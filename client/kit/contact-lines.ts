import { html, type TemplateResult } from 'lit-html';
import type { Contact } from '../../shared/views.ts';

/** Where a venue is and how to reach it, ready to be tapped. */
export function contactLines({ address, phone, email }: Contact): TemplateResult {
  return html`
    <address class="not-italic">
      ${address}
      <p class="flex flex-wrap gap-x-5">
        <a class="link" href="tel:${phone.replaceAll(' ', '')}">${phone}</a>
        <a class="link" href="mailto:${email}">${email}</a>
      </p>
    </address>`;
}
