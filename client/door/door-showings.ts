import type { DoorShowing } from '../../shared/office/door.ts';

/** The one that a door is most likely open for: running or next, whichever began or begins closest to now. */
export function nearestShowing(showings: readonly DoorShowing[], now: Date): DoorShowing | null {
  const away = ({ startsAt }: DoorShowing) => Math.abs(Date.parse(startsAt) - now.getTime());
  const takingPlace = showings.filter(({ cancelled }) => !cancelled);
  return takingPlace.reduce<DoorShowing | null>((best, one) => (best && away(best) < away(one) ? best : one), null);
}

/** Takes news of one showing, unless what is known of it was read later. */
export function withNews(showings: readonly DoorShowing[], news: DoorShowing): DoorShowing[] {
  return showings.map(known => (known.showingId === news.showingId ? newer(known, news) : known));
}

/** A whole list, with whatever is known that is newer than it. */
export function withList(showings: readonly DoorShowing[], list: readonly DoorShowing[]): DoorShowing[] {
  return list.map(listed => {
    const known = showings.find(({ showingId }) => showingId === listed.showingId);
    return known ? newer(known, listed) : listed;
  });
}

const newer = (known: DoorShowing, news: DoorShowing) => (Date.parse(news.now) >= Date.parse(known.now) ? news : known);
