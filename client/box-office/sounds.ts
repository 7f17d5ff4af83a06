/** What the box office says without words; each is told apart with eyes closed. */
export type Sound = 'good' | 'bad' | 'paid' | 'attention';

interface Tone {
  hertz: number;
  fromMs: number;
  forMs: number;
  wave: OscillatorType;
}

const TONES: Record<Sound, readonly Tone[]> = {
  good: [{ hertz: 880, fromMs: 0, forMs: 140, wave: 'sine' }],
  bad: [
    { hertz: 220, fromMs: 0, forMs: 180, wave: 'square' },
    { hertz: 175, fromMs: 220, forMs: 320, wave: 'square' },
  ],
  paid: [
    { hertz: 659, fromMs: 0, forMs: 130, wave: 'sine' },
    { hertz: 988, fromMs: 120, forMs: 260, wave: 'sine' },
  ],
  attention: [
    { hertz: 523, fromMs: 0, forMs: 120, wave: 'triangle' },
    { hertz: 523, fromMs: 200, forMs: 120, wave: 'triangle' },
  ],
};
const LOUDNESS = 0.2; // Of the loudest: two tills stand side by side.
const FADE_MS = 20; // A tone that starts or ends at once clicks.

let context: AudioContext | null = null;

/** Browsers stay silent until somebody has touched the page; signing in did that. */
export function ring(sound: Sound): void {
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  void context.resume();
  for (const tone of TONES[sound]) play(context, tone);
}

function play(audio: AudioContext, { hertz, fromMs, forMs, wave }: Tone): void {
  const from = audio.currentTime + fromMs / 1_000;
  const to = from + forMs / 1_000;
  const oscillator = new OscillatorNode(audio, { type: wave, frequency: hertz });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(LOUDNESS, from + FADE_MS / 1_000);
  volume.gain.setValueAtTime(LOUDNESS, to - FADE_MS / 1_000);
  volume.gain.linearRampToValueAtTime(0, to);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(from);
  oscillator.stop(to);
}
