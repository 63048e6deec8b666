import type { Way, WayResult } from '@sprechzimmer/call/connection-test.ts';
import { State, type Tone } from '../notice.tsx';
import { messages } from './messages.ts';

const tones = {
  testing: 'info',
  open: 'good',
  blocked: 'bad',
  refused: 'warn',
  unneeded: 'info',
} as const satisfies Record<WayResult['state'], Tone>;

/** Way by way, for whoever runs the network. */
export function WaysTable({ results }: { results: readonly WayResult[] }) {
  const t = messages();
  return (
    <div class="ways" role="region" aria-label={t.details} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {[t.way, t.result, t.roundTrip, t.rate].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.map(({ way, state, roundTripMs, kbitPerSecond }) => (
            <tr key={way.kind === 'relay' ? way.url : way.kind}>
              <th scope="row">{nameOf(way)}</th>
              <td>
                <State tone={tones[state]}>{t.states[state]}</State>
              </td>
              <td>{roundTripMs !== undefined && t.milliseconds(Math.max(1, Math.round(roundTripMs)))}</td>
              <td>{kbitPerSecond !== undefined && t.kbit(rounded(kbitPerSecond))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function nameOf(way: Way): string {
  const t = messages();
  return way.kind === 'relay'
    ? `${t.ways.relay}, ${way.transport.toUpperCase()} ${way.port}`
    : t.ways[way.kind];
}

/** Two digits say all that such a short test knows. */
function rounded(kbit: number): number {
  return Number(kbit.toPrecision(2));
}
