import { html, type TemplateResult } from 'lit-html';
import * as v from 'valibot';
import type { ProgrammeShowing } from '../../shared/office/programme.ts';
import { typedInto } from '../box-office/gate.ts';
import type { Office } from '../box-office/page.ts';
import { FormState } from './form-state.ts';
import { field, formDialog, type ProgrammeWords } from './form-view.ts';
import { writeWhen } from './showing-dialog.ts';

/** Says what it does to whom, and wants a reason. */
export class CancelDialog {
  readonly #office: Office;
  readonly #showing: ProgrammeShowing;
  readonly #done: () => void;
  readonly #form: FormState;

  constructor(office: Office, showing: ProgrammeShowing, done: () => void) {
    this.#office = office;
    this.#showing = showing;
    this.#done = done;
    this.#form = new FormState(office);
  }

  view(words: ProgrammeWords, putAway: () => void): TemplateResult {
    const { say } = words;
    const { title, startsAt, bookings, held, sold } = this.#showing;
    const what = say('showingTitle', { title, when: writeWhen(startsAt, this.#showing, words) });
    const content = html`
      <p class="font-semibold">${say('cancelQuestion', { count: bookings, sold, held })}</p>
      ${field({ name: 'note', label: say('cancelWhy'), most: 500 }, this.#form)}`;
    const submit = (form: Element) => this.#cancel(form);
    return formDialog(
      {
        title: say('cancelOf', { what }),
        content,
        act: say('cancelShowing'),
        isDanger: true,
        keep: say('keepIt'),
        submit,
        putAway,
      },
      this.#form,
      words,
    );
  }

  async #cancel(form: Element) {
    const path = `/box-office/showings/${this.#showing.showingId}/cancellations`;
    const body = { note: typedInto(form, 'note') };
    const cancelled = await this.#form.send(() => this.#office.api.post(path, v.object({}), body));
    if (cancelled) this.#done();
  }
}
