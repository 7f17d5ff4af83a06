import { html } from 'lit-html';
import type { OfficePage } from '../box-office/page.ts';

export const TILL_PAGE: OfficePage = {
  path: '/box-office/till',
  title: 'page_till',
  role: 'cashier',
  open: office => ({
    view: () => html`<h1 class="text-xl">${office.words.say('page_till')}</h1><p>${office.words.say('comesSoon')}</p>`,
    close() {},
  }),
};
