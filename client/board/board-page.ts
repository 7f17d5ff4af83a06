import { html } from 'lit-html';
import type { OfficePage } from '../box-office/page.ts';

export const BOARD_PAGE: OfficePage = {
  path: '/box-office/board',
  title: 'page_board',
  role: 'cashier',
  open: office => ({
    view: () => html`<h1 class="text-xl">${office.words.say('page_board')}</h1><p>${office.words.say('comesSoon')}</p>`,
    close() {},
  }),
};
