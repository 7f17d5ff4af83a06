import { html } from 'lit-html';
import type { OfficePage } from '../box-office/page.ts';

export const REPORTS_PAGE: OfficePage = {
  path: '/box-office/reports',
  title: 'page_reports',
  role: 'supervisor',
  open: office => ({
    view: () =>
      html`<h1 class="text-xl">${office.words.say('page_reports')}</h1><p>${office.words.say('comesSoon')}</p>`,
    close() {},
  }),
};
