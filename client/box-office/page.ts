import type { TemplateResult } from 'lit-html';
import type { Stop } from '../../shared/clock.ts';
import type { Approval, Role, StaffView } from '../../shared/office/people.ts';
import type { VenueView } from '../../shared/views.ts';
import type { ServerClock } from '../kit/server-clock.ts';
import type { Sentences, Words } from '../kit/words.ts';
import type { Answered, OfficeApi, OfficeTrouble } from './office-api.ts';
import type { OfficeKey } from './office-dictionary.ts';
import type { OfficeSocket } from './office-socket.ts';
import type { Sound } from './sounds.ts';

/** One page of the box office. `:name` in its path stands for anything; such a page is not in the navigation. */
export interface OfficePage {
  path: string;
  title: OfficeKey;
  /** The least role that may open it; the server decides the same for itself. */
  role: Role;
  /** It goes on while others are looked at, and until its person signs out: a till with customers waiting. */
  stays?: true;
  open(office: Office, path: string): OpenPage;
}

/** A page that is open. It draws from what it knows; whatever changes that ends with `office.draw()`. */
export interface OpenPage {
  view(): TemplateResult;
  /**
   * A key that nobody types text with; true when that meant something. Never called under a dialog or while locked.
   * In a text field only Enter, Escape and the F keys come here; on a button Enter and Space press it instead.
   */
  key?(event: KeyboardEvent): boolean;
  /** What a scanner read, wherever the focus was: nothing of it is left in a field. */
  scanned?(code: string): void;
  close(): void;
}

/** What a page may use of the box office around it. */
export interface Office {
  readonly staff: StaffView;
  /** Where this browser works: the person's venue, or the one chosen above; null while there is no venue at all. */
  readonly venue: VenueView | null;
  /** Those at which the person may work. */
  readonly venues: readonly VenueView[];
  readonly words: Words<OfficeKey>;
  /** The same with sentences of one's own, in the language of the moment. */
  wordsOf<Key extends string>(sentences: Sentences<Key>): Words<Key | OfficeKey>;
  readonly api: OfficeApi;
  readonly socket: OfficeSocket;
  readonly clock: ServerClock;
  /** The connection is lost: what is shown may be old. The bar above the page says so already. */
  readonly isStale: boolean;
  draw(): void;
  /** To ears only. */
  say(sentence: string): void;
  /** To eyes and ears, in a bar above the page, until it is put away or the page is left. */
  tell(sentence: string, kind?: 'good' | 'bad'): void;
  /** A trouble in words. */
  sentence(trouble: OfficeTrouble): string;
  ring(sound: Sound): void;
  /**
   * Asks for a supervisor's name and PIN on this screen and tries `act` with them, until it is not the approval that is
   * refused; null when the question was put away. Whoever is supervisor already is not asked, unless the server wants
   * somebody else's word: `act` gets undefined first.
   */
  approve<T>(what: string, act: (approval?: Approval) => Promise<Answered<T>>): Promise<Answered<T> | null>;
  /** Prints just this: on the receipt printer's roll of 80 mm, or on a sheet. */
  print(content: TemplateResult, paper?: 'receipt' | 'sheet'): void;
  go(path: string): void;
  /** Every second, for what counts down. */
  everySecond(then: () => void): Stop;
}
