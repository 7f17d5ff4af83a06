import { html } from 'lit-html';
import type { OfficePage } from '../box-office/page.ts';

export const PROGRAMME_PAGE: OfficePage = {
  path: '/box-office/programme',
  title: 'page_programme',
  role: 'manager',
  open: office => ({
    view: () =>
      html`<h1 class="text-xl">${office.words.say('page_programme')}</h1><p>${office.words.say('comesSoon')}</p>`,
    close() {},
  }),
};
