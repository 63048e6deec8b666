import { Printer } from 'lucide';
import { useState } from 'preact/hooks';
import type {
  ConsultationRecord,
  RecordedGuest,
  RecordedPath,
} from '@sprechzimmer/protocol/consultation-record.ts';
import { Button } from './button.tsx';
import { formatDuration } from './duration.ts';
import { language } from './i18n.ts';
import { OnPaper } from './on-paper.tsx';
import { recordMessages } from './record-messages.ts';

type RecordProps = {
  record: ConsultationRecord;
  /** Undefined: the reader's own. */
  timeZone?: string | undefined;
};

/** What a consultation was and how it was secured; while it is shown, it is what the page prints as. */
export function ConsultationRecordSheet({ record, timeZone }: RecordProps) {
  const say = recordMessages();
  const [printed] = useState(() => new Date());
  return (
    <div class="stack record-sheet">
      <Facts record={record} timeZone={timeZone} />
      <div class="row">
        <Button icon={Printer} onClick={() => globalThis.print()}>
          {say.print}
        </Button>
      </div>
      <OnPaper>
        <h1>{say.title}</h1>
        <Facts record={record} timeZone={timeZone} />
        <p>{say.kept}</p>
        <p>{timeIn(printed, timeZone, { dateStyle: 'long', timeStyle: 'short' })}</p>
      </OnPaper>
    </div>
  );
}

function Facts({ record, timeZone }: RecordProps) {
  const say = recordMessages();
  const [from, until] = [new Date(record.startedAt), new Date(record.endedAt)];
  return (
    <>
      <dl class="record-facts">
        <dt>{say.began}</dt>
        <dd>{timeIn(from, timeZone, { dateStyle: 'full', timeStyle: 'medium' })}</dd>
        <dt>{say.ended}</dt>
        <dd>{timeIn(until, timeZone, { timeStyle: 'medium' })}</dd>
        <dt>{say.lasted}</dt>
        <dd>{formatDuration(until.getTime() - from.getTime(), language.value)}</dd>
        <dt>{say.endedBy}</dt>
        <dd>
          <bdi>{endedBy(record)}</bdi>
        </dd>
        <dt>{say.heldBy}</dt>
        <dd>
          <bdi>{record.practitioner}</bdi>
        </dd>
        <dt>{say.handshake}</dt>
        <dd>{say.suite(record.suite)}</dd>
      </dl>
      {record.guests.map((guest) => (
        <Guest key={guest.invitationId} guest={guest} timeZone={timeZone} />
      ))}
    </>
  );
}

function endedBy({ endedBy: by, endedByName, practitioner }: ConsultationRecord): string {
  const say = recordMessages();
  if (by === 'host') return say.practice(practitioner);
  return by === 'participant' ? endedByName : say[by];
}

function Guest({ guest, timeZone }: { guest: RecordedGuest; timeZone: string | undefined }) {
  const say = recordMessages();
  const clock = (at: string) => timeIn(new Date(at), timeZone, { timeStyle: 'medium' });
  const last = guest.paths.at(-1);
  return (
    <section class="record-guest">
      <h2>
        <bdi>{guest.name}</bdi>, {say.roles[guest.role]}
      </h2>
      <dl class="record-facts">
        <dt>{say.present}</dt>
        <dd>{say.presentFrom(clock(guest.joinedAt), clock(guest.leftAt))}</dd>
        <dt>{say.words}</dt>
        <dd>
          {guest.words || say.unknown}
          <br />
          {guest.wordsCompared ? say.compared : say.notCompared}
        </dd>
        <dt>{say.way}</dt>
        <dd>
          {guest.paths.length === 0 && say.unknown}
          {guest.paths.map((path) => (
            <p key={path.since}>
              {say[path.way]}
              {guest.paths.length > 1 && `, ${say.wayFrom(clock(path.since))}`}
            </p>
          ))}
        </dd>
        {last && <Negotiated path={last} />}
      </dl>
    </section>
  );
}

/** Of the newest way: a later one of the same connection has the same. */
function Negotiated({ path }: { path: RecordedPath }) {
  const say = recordMessages();
  const roles = [path.dtlsRole && `DTLS ${path.dtlsRole}`, path.iceRole && `ICE ${path.iceRole}`];
  return (
    <>
      <dt>{say.transport}</dt>
      <dd>{[path.dtlsVersion, path.dtlsCipher].filter(Boolean).join(', ') || say.unknown}</dd>
      <dt>{say.media}</dt>
      <dd>{path.srtpCipher ? `SRTP, ${path.srtpCipher}` : say.unknown}</dd>
      <dt>{say.roleOfHost}</dt>
      <dd>{roles.filter(Boolean).join(', ') || say.unknown}</dd>
      <dt>{say.ownFingerprint}</dt>
      <dd class="record-fingerprint">{path.ownFingerprint || say.unknown}</dd>
      <dt>{say.otherFingerprint}</dt>
      <dd class="record-fingerprint">{path.otherFingerprint || say.unknown}</dd>
    </>
  );
}

function timeIn(at: Date, timeZone: string | undefined, style: Intl.DateTimeFormatOptions): string {
  const locale = language.value === 'de' ? 'de-DE' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { ...style, timeZone }).format(at);
}
