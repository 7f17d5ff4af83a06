import { html } from 'lit-html';
import type { OfficePage } from '../box-office/page.ts';

export const EXCEPTIONS_PAGE: OfficePage = {
  path: '/box-office/exceptions',
  title: 'page_exceptions',
  role: 'supervisor',
  open: office => ({
    view: () =>
      html`<h1 class="text-xl">${office.words.say('page_exceptions')}</h1><p>${office.words.say('comesSoon')}</p>`,
    close() {},
  }),
};
