import type { Verdict } from '@sprechzimmer/call/connection-test.ts';
import type { Readiness } from '@sprechzimmer/protocol/consultation.ts';

export type Found = {
  readiness: Readiness;
  /** The browser's question is open. */
  asking: boolean;
  isSmall: boolean;
  heard: boolean;
  /** Whether the person has heard the tone; undefined before they have answered. */
  toneHeard: boolean | undefined;
  /** Undefined until the line is tested. */
  verdict: Verdict | undefined;
};

type Word =
  'good' | 'small' | 'asking' | 'silent' | 'unasked' | 'unheard' | 'testing' | Readiness['camera'] | Verdict;

/** open: the person has something to do yet. warn: it works, and could be better. bad: it does not work. */
export type SummaryItem = {
  what: 'camera' | 'microphone' | 'speaker' | 'connection';
  tone: 'good' | 'open' | 'warn' | 'bad';
  word: Exclude<Word, 'on'>;
};

export type Summary = {
  /** mostly: as far as it could be tested. */
  overall: 'ready' | 'mostly' | 'open' | 'problems';
  items: SummaryItem[];
};

/** What works and what does not, a word each: short enough to be read out on the telephone. */
export function summarise(found: Found): Summary {
  const items: SummaryItem[] = [
    { what: 'camera', ...camera(found) },
    { what: 'microphone', ...microphone(found) },
    { what: 'speaker', ...speaker(found) },
    { what: 'connection', ...connection(found) },
  ];
  const has = (tone: SummaryItem['tone']) => items.some((item) => item.tone === tone);
  const isUntested = found.verdict === 'unknown';
  return { overall: has('bad') ? 'problems' : has('open') ? 'open' : isUntested ? 'mostly' : 'ready', items };
}

type Judged = Omit<SummaryItem, 'what'>;

function camera({ readiness, asking, isSmall }: Found): Judged {
  if (asking) return { tone: 'open', word: 'asking' };
  if (readiness.camera === 'on') return isSmall ? { tone: 'warn', word: 'small' } : good;
  return { tone: readiness.camera === 'off' ? 'open' : 'bad', word: readiness.camera };
}

function microphone({ readiness, asking, heard }: Found): Judged {
  if (asking) return { tone: 'open', word: 'asking' };
  if (readiness.microphone === 'on') return heard ? good : { tone: 'open', word: 'silent' };
  return { tone: readiness.microphone === 'off' ? 'open' : 'bad', word: readiness.microphone };
}

function speaker({ toneHeard }: Found): Judged {
  if (toneHeard === undefined) return { tone: 'open', word: 'unasked' };
  return toneHeard ? good : { tone: 'bad', word: 'unheard' };
}

function connection({ verdict }: Found): Judged {
  switch (verdict) {
    case undefined:
      return { tone: 'open', word: 'testing' };
    case 'good':
    case 'fair':
      return { tone: 'good', word: verdict };
    case 'sound':
    case 'unknown':
      return { tone: 'warn', word: verdict };
    case 'none':
    case 'no-calls':
      return { tone: 'bad', word: verdict };
    default:
      return verdict satisfies never;
  }
}

const good = { tone: 'good', word: 'good' } as const;
