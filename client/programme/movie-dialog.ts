import { html, nothing, type TemplateResult } from 'lit-html';
import { NO_POSTER, POSTER_MAX_BYTES, type ProgrammeMovie } from '../../shared/office/programme.ts';
import { MovieView } from '../../shared/views.ts';
import { typedInto } from '../box-office/gate.ts';
import type { Office } from '../box-office/page.ts';
import { FormState } from './form-state.ts';
import { field, formDialog, type ProgrammeWords } from './form-view.ts';
import { uploadPoster } from './upload-poster.ts';
import { PROGRAMME_SENTENCES } from './words.ts';

/** A new movie, or a known one. The poster is uploaded as soon as it is chosen, and shown as customers will see it. */
export class MovieDialog {
  readonly #office: Office;
  readonly #movie: ProgrammeMovie | null;
  readonly #done: () => void;
  readonly #form: FormState;
  #imageUrl: string;
  #part: number | null = null;
  #posterProblem = '';

  constructor(office: Office, movie: ProgrammeMovie | null, done: () => void) {
    this.#office = office;
    this.#movie = movie;
    this.#done = done;
    this.#form = new FormState(office);
    this.#imageUrl = movie?.imageUrl ?? NO_POSTER;
  }

  view(words: ProgrammeWords, putAway: () => void): TemplateResult {
    const movie = this.#movie;
    const title = movie ? words.say('editOf', { what: movie.title }) : words.say('addMovie');
    const content = html`${this.#words(words)} ${this.#poster(words)}`;
    const submit = (form: Element) => this.#save(form);
    return formDialog({ title, content, act: words.say('save'), submit, putAway }, this.#form, words);
  }

  #words({ say }: ProgrammeWords): TemplateResult {
    const movie = this.#movie;
    return html`
      ${field({ name: 'title', label: say('movieTitle'), value: movie?.title ?? '', most: 120 }, this.#form)}
      <div class="field">
        <label for="field-description">${say('description')}</label>
        <textarea class="input py-2" id="field-description" name="description" rows="4" maxlength="1000" .defaultValue=${movie?.description ?? ''}></textarea>
      </div>
      <div class="grid grid-cols-2 gap-4">
        ${field({ name: 'minutes', label: say('minutesLong'), value: movie?.minutes ?? '', type: 'number', most: 600 }, this.#form)}
        ${field({ name: 'rating', label: say('rating'), value: movie?.rating ?? '', most: 12, hint: say('ratingHint') }, this.#form)}
      </div>`;
  }

  #poster({ say }: ProgrammeWords): TemplateResult {
    const uploading = this.#part === null ? nothing : say('uploading', { part: Math.round(this.#part * 100) });
    return html`
      <div class="grid grid-cols-[6rem_1fr] gap-4">
        <img class="poster" src=${this.#imageUrl} alt=${say('posterPreview')} width="400" height="600" />
        <div class="field min-w-0">
          <label for="field-poster">${say('poster')}</label>
          <input
            class="input py-2"
            id="field-poster"
            type="file"
            accept="image/jpeg,image/png,image/webp"
            aria-describedby="hint-poster poster-problem"
            aria-invalid=${this.#posterProblem !== ''}
            @change=${(event: Event) => this.#choose(event)}
          />
          <p class="problem" id="poster-problem" role="alert">${this.#posterProblem}</p>
          <p class="hint" id="hint-poster">${say('posterHint')}</p>
          ${this.#part === null ? nothing : html`<progress class="mt-2 w-full" max="1" value=${this.#part} aria-label=${say('poster')}></progress>`}
          <p class="hint">${uploading}</p>
        </div>
      </div>`;
  }

  async #choose({ target }: Event) {
    const file = target instanceof HTMLInputElement ? target.files?.[0] : undefined;
    if (!file) return;
    if (file.size > POSTER_MAX_BYTES)
      return this.#refusePoster(this.#office.wordsOf(PROGRAMME_SENTENCES).say('tooHeavy'));
    this.#refusePoster('');
    const answer = await uploadPoster(file, part => this.#progress(part));
    this.#part = null;
    if ('trouble' in answer) return this.#refusePoster(this.#office.sentence(answer.trouble));
    this.#imageUrl = answer.value.imageUrl;
    this.#office.say(this.#office.wordsOf(PROGRAMME_SENTENCES).say('uploaded'));
    this.#office.draw();
  }

  #progress(part: number) {
    this.#part = part;
    this.#office.draw();
  }

  #refusePoster(problem: string) {
    this.#posterProblem = problem;
    this.#office.draw();
  }

  async #save(form: Element) {
    if (this.#part !== null) return; // The poster is still on its way.
    const { api } = this.#office;
    const wish = { ...readMovie(form), imageUrl: this.#imageUrl };
    const saved = await this.#form.send(() =>
      this.#movie ? api.patch(`/movies/${this.#movie.movieId}`, MovieView, wish) : api.post('/movies', MovieView, wish),
    );
    if (saved) this.#done();
  }
}

function readMovie(form: Element) {
  const description = form.querySelector('textarea')?.value ?? '';
  return {
    title: typedInto(form, 'title'),
    description,
    minutes: Number(typedInto(form, 'minutes')),
    rating: typedInto(form, 'rating'),
  };
}
