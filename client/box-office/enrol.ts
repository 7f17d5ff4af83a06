import { html, type TemplateResult } from 'lit-html';
import type { ThisDevice } from '../../shared/office/people.ts';
import { submitted } from '../kit/fields.ts';
import { type Gate, type GateParts, typedInto } from './gate.ts';
import type { Answered } from './office-api.ts';

export interface EnrolParts extends GateParts {
  enrol(code: string): Promise<Answered<ThisDevice>>;
  enrolled(device: ThisDevice): void;
}

/** Makes this browser one on which PINs work. The code came by the link of a QR code, or is typed. */
export class Enrol implements Gate {
  readonly #parts: EnrolParts;
  readonly #code: string;
  #problem = '';

  constructor(parts: EnrolParts, code: string) {
    this.#parts = parts;
    this.#code = code;
  }

  view(): TemplateResult {
    const { say } = this.#parts.words();
    return html`
      <section class="gate" aria-labelledby="enrol">
        <h1 class="text-2xl" id="enrol">${say('enrolTitle')}</h1>
        <p class="text-dust">${say('enrolHelp')}</p>
        <form class="grid gap-4" @submit=${submitted(form => this.#submit(form))}>
          <div class="field">
            <label for="code">${say('enrolCode')}</label>
            <input
              class="input code"
              id="code"
              name="code"
              value=${this.#code}
              autocomplete="off"
              autocapitalize="characters"
              required
              aria-describedby="code-problem"
              aria-invalid=${this.#problem !== ''}
            />
            <p class="problem" id="code-problem" role="alert">${this.#problem}</p>
          </div>
          <button class="button">${say('enrolDo')}</button>
        </form>
        <p><a class="link" href="/box-office">${say('signIn')}</a></p>
      </section>`;
  }

  async #submit(form: Element) {
    const answer = await this.#parts.enrol(typedInto(form, 'code'));
    if ('value' in answer) return this.#parts.enrolled(answer.value);
    this.#problem = this.#parts.sentence(answer.trouble);
    this.#parts.draw();
  }
}
