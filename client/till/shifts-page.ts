import { html } from 'lit-html';
import type { OfficePage } from '../box-office/page.ts';

export const SHIFTS_PAGE: OfficePage = {
  path: '/box-office/shifts',
  title: 'page_shifts',
  role: 'cashier',
  open: office => ({
    view: () =>
      html`<h1 class="text-xl">${office.words.say('page_shifts')}</h1><p>${office.words.say('comesSoon')}</p>`,
    close() {},
  }),
};
