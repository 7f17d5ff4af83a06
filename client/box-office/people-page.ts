import { html } from 'lit-html';
import type { OfficePage } from './page.ts';

export const PEOPLE_PAGE: OfficePage = {
  path: '/box-office/people',
  title: 'page_people',
  role: 'manager',
  open: office => ({
    view: () =>
      html`<h1 class="text-xl">${office.words.say('page_people')}</h1><p>${office.words.say('comesSoon')}</p>`,
    close() {},
  }),
};
