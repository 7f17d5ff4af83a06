import { PAGES } from './pages.ts';
import { startOffice } from './start-office.ts';

startOffice(PAGES);
