import { html, nothing, type TemplateResult } from 'lit-html';
import type { SessionView, SignInRequest, ThisDevice } from '../../shared/office/people.ts';
import { submitted } from '../kit/fields.ts';
import { type Gate, type GateParts, retype, typedInto } from './gate.ts';
import type { Answered } from './office-api.ts';
import { secretField } from './secret-field.ts';

type Way = 'pin' | 'password' | 'code';

export interface SignInParts extends GateParts {
  signIn(request: SignInRequest): Promise<Answered<SessionView>>;
  entered(session: SessionView): void;
}

/** With a PIN on an enrolled device, with a password anywhere, with the code of the first start once. */
export class SignIn implements Gate {
  readonly #parts: SignInParts;
  readonly #device: ThisDevice['device'];
  #way: Way;
  #problem = '';
  #isBusy = false;

  constructor(parts: SignInParts, device: ThisDevice['device']) {
    this.#parts = parts;
    this.#device = device;
    this.#way = device ? 'pin' : 'password';
  }

  view(): TemplateResult {
    const { say } = this.#parts.words();
    const place = this.#device;
    return html`
      <section class="gate" aria-labelledby="sign-in">
        <h1 class="text-2xl" id="sign-in">${say('signIn')}</h1>
        <p class="text-dust">${place ? say('thisIs', { device: place.name, venue: place.venue }) : say('notEnrolled')}</p>
        <form class="grid gap-4" @submit=${submitted(form => this.#submit(form))}>
          ${this.#fields()}
          <button class="button" ?disabled=${this.#isBusy}>${say(this.#isBusy ? 'signingIn' : 'signIn')}</button>
        </form>
        <p class="flex flex-wrap gap-x-5">${this.#otherWays()}</p>
      </section>`;
  }

  #fields(): TemplateResult {
    const { say } = this.#parts.words();
    const code = html`
      <div class="field">
        <label for="code">${say('firstCode')}</label>
        <input class="input code" id="code" name="code" autocomplete="off" autocapitalize="characters" required />
      </div>`;
    const secret =
      this.#way === 'pin'
        ? secretField('pin', say('pin'), this.#problem)
        : secretField('password', say(this.#way === 'code' ? 'newPassword' : 'password'), this.#problem, {
            isNew: this.#way === 'code',
          });
    return html`${this.#way === 'code' ? code : nothing} ${this.#names()} ${secret}`;
  }

  /** On a till one's own name is chosen; elsewhere nobody learns the names. */
  #names(): TemplateResult {
    const { say } = this.#parts.words();
    const names = this.#way === 'pin' ? (this.#device?.names ?? []) : [];
    if (names.length === 0)
      return html`
        <div class="field">
          <label for="name">${say('name')}</label>
          <input class="input" id="name" name="name" autocomplete="username" required />
        </div>`;
    return html`
      <fieldset>
        <legend class="mb-1.5 font-semibold">${say('whoAreYou')}</legend>
        <div class="grid grid-cols-2 gap-2">
          ${names.map(
            name => html`
              <label class="choice"
                ><input type="radio" name="name" value=${name} required @change=${focusPin} />${name}</label
              >`,
          )}
        </div>
      </fieldset>`;
  }

  #otherWays() {
    const { say } = this.#parts.words();
    const to = (way: Way, sentence: string) =>
      this.#way === way
        ? nothing
        : html`<button class="link" type="button" @click=${() => this.#choose(way)}>${sentence}</button>`;
    return html`
      ${this.#device ? to('pin', say('withPin')) : nothing} ${to('password', say('withPassword'))}
      ${this.#device ? nothing : to('code', say('withCode'))}
      ${this.#device ? nothing : html`<a class="link" href="/box-office/enrol">${say('enrolLink')}</a>`}`;
  }

  #choose(way: Way) {
    this.#way = way;
    this.#problem = '';
    this.#parts.draw();
  }

  async #submit(form: Element) {
    this.#isBusy = true;
    this.#parts.draw();
    const answer = await this.#parts.signIn(this.#read(form));
    this.#isBusy = false;
    if ('value' in answer) return this.#parts.entered(answer.value);
    this.#problem = this.#parts.sentence(answer.trouble);
    this.#parts.draw();
    retype(form, this.#way === 'pin' ? 'pin' : 'password');
  }

  #read(form: Element): SignInRequest {
    const name = form.querySelector<HTMLInputElement>('[name="name"]:checked')?.value ?? typedInto(form, 'name');
    if (this.#way === 'pin') return { name, pin: typedInto(form, 'pin') };
    const password = typedInto(form, 'password');
    return this.#way === 'code' ? { name, password, code: typedInto(form, 'code') } : { name, password };
  }
}

function focusPin() {
  document.querySelector<HTMLInputElement>('#pin')?.focus();
}
