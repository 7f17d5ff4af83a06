import { BOARD_PAGE } from '../board/board-page.ts';
import { BOOKING_PAGE } from '../board/booking-page.ts';
import { EXCEPTIONS_PAGE } from '../exceptions/exceptions-page.ts';
import { PROGRAMME_PAGE } from '../programme/programme-page.ts';
import { REPORTS_PAGE } from '../reports/reports-page.ts';
import { DAY_PAGE } from '../till/shift-day-page.ts';
import { SHIFT_PAGE } from '../till/shift-page.ts';
import { SHIFTS_PAGE } from '../till/shifts-page.ts';
import { TILL_PAGE } from '../till/till-page.ts';
import type { OfficePage } from './page.ts';
import { PEOPLE_PAGE } from './people-page.ts';

/** In the order of the navigation; the first one that a person may open is where they start. */
export const PAGES: readonly OfficePage[] = [
  BOARD_PAGE,
  BOOKING_PAGE,
  TILL_PAGE,
  SHIFTS_PAGE,
  SHIFT_PAGE,
  DAY_PAGE,
  EXCEPTIONS_PAGE,
  PROGRAMME_PAGE,
  REPORTS_PAGE,
  PEOPLE_PAGE,
];
