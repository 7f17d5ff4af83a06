import * as v from 'valibot';
import { PosterAnswer } from '../../shared/office/programme.ts';
import { type Answered, NO_OFFICE_ANSWER, readTrouble } from '../box-office/office-api.ts';

const TIMEOUT_MS = 5 * 60_000; // Five megabytes over a slow line.

/** Sends a picture as it is. `progress` hears how much of it has left, from 0 to 1: only XMLHttpRequest can say. */
export function uploadPoster(
  file: File,
  progress: (part: number) => void,
): Promise<Answered<v.InferOutput<typeof PosterAnswer>>> {
  const request = new XMLHttpRequest();
  request.open('POST', '/api/v1/box-office/posters');
  request.timeout = TIMEOUT_MS;
  request.responseType = 'json';
  request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
  return new Promise(done => {
    request.onloadend = () => {
      const answer: unknown = request.response;
      const read = v.safeParse(PosterAnswer, answer);
      if (read.success) return done({ value: read.output });
      done({ trouble: request.status === 0 ? NO_OFFICE_ANSWER : readTrouble(answer) });
    };
    request.send(file);
  });
}
