import { control } from './control.ts';

/** Everything that a person can do on this page. Forms are read when they are sent, nothing typed is kept elsewhere. */
export interface Doings {
  addPhone(event: SubmitEvent): void;
  removePhone(number: string): void;
  switchPhone(number: string, on: boolean): void;
  unlockPhone(number: string): void;
  setBalance(number: string, event: SubmitEvent): void;
  enterPin(number: string, event: SubmitEvent): void;
  cancel(number: string): void;
  ignore(number: string): void;
  arm(fault: string): void;
  disarm(): void;
  setAutoAnswer(on: boolean): void;
  reset(): void;
}

/** `attempt` runs one and shows what went wrong. */
export function createDoings(attempt: (doing: () => Promise<void>) => void): Doings {
  const change = (number: string, what: object) => attempt(() => control('PATCH', `/phones/${number}`, what));
  const press = (number: string, what: string) => attempt(() => control('POST', `/phones/${number}/${what}`));
  return {
    addPhone(event) {
      const { fields, form } = read(event);
      attempt(async () => {
        const typed = String(fields.number).trim();
        await control('POST', '/phones', { number: typed.replace(/^0(?!0)/, String(fields.callingCode)) });
        form.reset();
      });
    },
    removePhone: number => attempt(() => control('DELETE', `/phones/${number}`)),
    switchPhone: (number, on) => change(number, { on }),
    unlockPhone: number => change(number, { wrongPins: 0 }),
    setBalance(number, event) {
      const { fields, form } = read(event);
      change(number, { balance: Number(fields.balance) });
      form.reset();
    },
    enterPin(number, event) {
      const { fields } = read(event);
      attempt(() => control('POST', `/phones/${number}/pin`, { pin: fields.pin }));
    },
    cancel: number => press(number, 'cancel'),
    ignore: number => press(number, 'ignore'),
    arm: fault => attempt(() => control('POST', '/faults', { fault })),
    disarm: () => attempt(() => control('DELETE', '/faults')),
    setAutoAnswer: autoAnswer => attempt(() => control('PATCH', '/settings', { autoAnswer })),
    reset: () => attempt(() => control('POST', '/reset')),
  };
}

function read(event: SubmitEvent) {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  return { form, fields: Object.fromEntries(new FormData(form)) };
}
