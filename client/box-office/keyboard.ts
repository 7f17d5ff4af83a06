import type { Clock, Stop } from '../../shared/clock.ts';
import { createKeyReader, type Press, scannedInField } from './key-reader.ts';

const REMEMBERED_MAX = 64; // Keys in one field: longer than any code.
const FOR_PAGES_IN_FIELDS = /^(Enter|Escape|F\d+)$/;

interface Held extends Press {
  event: KeyboardEvent;
}

/** Who hears the keys right now; null while there is nothing to steer. */
export interface Listening {
  key(event: KeyboardEvent): boolean;
  scanned(code: string): void;
}

/** Reads the keyboard, and scanners that pretend to be one, for whoever listens at the moment. */
export function readKeyboard(clock: Clock, listener: () => Listening | null): Stop {
  const typed = new WeakMap<HTMLInputElement, Press[]>();
  const reader = createKeyReader<Held>(clock, {
    scanned: code => listener()?.scanned(code),
    key: ({ event }) => pass(event),
  });

  function pass(event: KeyboardEvent) {
    if (listener()?.key(event)) event.preventDefault();
  }

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !listener()) return;
    if (event.key === 'Shift') return; // On the way to a capital: people's and scanners' alike.
    const { target } = event;
    if (target instanceof HTMLInputElement && !isButton(target)) return pressInField(event, target);
    if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return passFromField(event);
    const isLast = reader.endsCode({ key: event.key, at: event.timeStamp });
    if (isPressing(event) && !isLast) return;
    if (event.key === '/' || isLast) event.preventDefault(); // Firefox would search the page.
    reader.press({ key: event.key, at: event.timeStamp, event });
  }

  function pressInField(event: KeyboardEvent, field: HTMLInputElement) {
    const before = typed.get(field) ?? [];
    const code = event.key === 'Enter' && field.type !== 'password' ? scannedInField(before, event.timeStamp) : null;
    typed.set(field, [...before, { key: event.key, at: event.timeStamp }].slice(-REMEMBERED_MAX));
    if (code === null) return passFromField(event);
    event.preventDefault();
    takeOut(field, code);
    listener()?.scanned(code);
  }

  /** Enter in a form sends the form. */
  function passFromField(event: KeyboardEvent) {
    const inForm = event.target instanceof HTMLInputElement && event.target.form !== null;
    if (FOR_PAGES_IN_FIELDS.test(event.key) && !(inForm && event.key === 'Enter')) pass(event);
  }

  addEventListener('keydown', press);
  return () => {
    removeEventListener('keydown', press);
    reader.stop();
  };
}

/** A field that a scanner wrote into by chance is as it was before. */
function takeOut(field: HTMLInputElement, code: string): void {
  const at = field.value.lastIndexOf(code);
  if (at < 0) return;
  field.value = field.value.slice(0, at) + field.value.slice(at + code.length);
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

const isButton = ({ type }: HTMLInputElement) => /^(button|submit|checkbox|radio|file|range)$/.test(type);

/** Enter and Space on something that can be pressed press it. */
function isPressing({ key, target }: KeyboardEvent): boolean {
  return (
    (key === 'Enter' || key === ' ') &&
    target instanceof Element &&
    target.closest('a, button, summary, input') !== null
  );
}
