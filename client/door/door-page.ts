import { html } from 'lit-html';
import type { OfficePage } from '../box-office/page.ts';

export const DOOR_PAGE: OfficePage = {
  path: '/door',
  title: 'page_door',
  role: 'cashier',
  open: office => ({
    view: () => html`<h1 class="text-xl">${office.words.say('page_door')}</h1><p>${office.words.say('comesSoon')}</p>`,
    close() {},
  }),
};
