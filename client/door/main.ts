import { startOffice } from '../box-office/start-office.ts';
import { DOOR_PAGE } from './door-page.ts';

startOffice([DOOR_PAGE]);
