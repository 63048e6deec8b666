import { useLoaded } from '../use-loaded.ts';
import { deviceProblems } from './device-problems.ts';
import type { ProblemCardsProps } from './problem-cards.tsx';

const loadCards = () => import('./problem-cards.tsx');

/** Where the cards of `ProblemCards` stand; they are loaded for whom something is wrong. */
export function ProblemPlace(props: ProblemCardsProps) {
  const { asking, readiness } = props.own;
  return !asking.value && deviceProblems(readiness.value).length > 0 ? <Cards {...props} /> : null;
}

function Cards(props: ProblemCardsProps) {
  const loaded = useLoaded(loadCards);
  return loaded ? <loaded.ProblemCards {...props} /> : null;
}
