import { boardEvents } from './board/see-board.ts';
import { exceptionEvents } from './box-office/exception-events.ts';
import { doorEvents } from './door/tell-door.ts';
import type { Parts } from './parts.ts';
import type { OfficeEvent } from './realtime/office.ts';
import { tillEvents } from './till/events.ts';

/** Everything that pages of the box office may ask by socket. */
export function officeEvents(parts: Parts): OfficeEvent[] {
  return [...tillEvents(parts), ...boardEvents(parts), ...doorEvents(parts), ...exceptionEvents(parts)];
}
