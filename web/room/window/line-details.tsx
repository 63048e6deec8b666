import type { ReadonlySignal } from '@preact/signals';
import type { PathHealth } from '@sprechzimmer/call/path-health.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import { bytesPerMinute, type Usage } from '../consultation/usage.ts';
import type { OwnDevices } from '../devices/own-devices.ts';
import { messages } from './messages.ts';

type LineDetailsProps = {
  health: ReadonlySignal<PathHealth | undefined>;
  usage: ReadonlySignal<Usage | undefined>;
  sinceMs: number;
  own: OwnDevices;
};

/** How the line is doing, how long it has been used and how much went over it. Comes anew each second. */
export function LineDetails({ health, usage, sinceMs, own }: LineDetailsProps) {
  const t = messages().line;
  const now = health.value;
  if (!now) return null;
  const used = usage.value;
  const pace = used && bytesPerMinute(used);
  return (
    <>
      <p>{t.quality[now.quality]}</p>
      <dl class="line-facts">
        <Fact name={t.elapsed}>{formatElapsed(Date.now() - sinceMs)}</Fact>
        <Fact name={t.used}>
          {formatMegabytes(used?.bytes ?? 0)}
          {pace !== undefined && `, ${t.perMinute(formatMegabytes(pace))}`}
        </Fact>
      </dl>
      <details class="line-technical">
        <summary>{t.technical}</summary>
        <Technical health={now} own={own} />
      </details>
    </>
  );
}

function Technical({ health, own }: { health: PathHealth; own: OwnDevices }) {
  const t = messages().line;
  const { frameWidth, framesPerSecond, rttMs, lossShare, concealedShare } = health;
  const sent = own.media.tracks.video?.getSettings();
  const percent = new Intl.NumberFormat(language.value, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <dl class="line-facts">
      <Fact name={t.received}>
        {frameWidth ? t.wide(frameWidth, Math.round(framesPerSecond ?? 0)) : t.none}
      </Fact>
      <Fact name={t.sent}>{sent?.width && sent.height ? t.size(sent.width, sent.height) : t.none}</Fact>
      {rttMs !== undefined && <Fact name={t.roundTrip}>{t.ms(rttMs)}</Fact>}
      {lossShare !== undefined && <Fact name={t.loss}>{percent.format(lossShare)}</Fact>}
      {concealedShare !== undefined && <Fact name={t.concealed}>{percent.format(concealedShare)}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}

function formatMegabytes(bytes: number): string {
  const amount = bytes / 1_000_000;
  const digits = amount < 10 ? 1 : 0;
  return `${new Intl.NumberFormat(language.value, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(amount)} MB`;
}
