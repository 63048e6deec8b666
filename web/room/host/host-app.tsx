import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { language, setLanguage } from '@sprechzimmer/design/i18n.ts';
import { signallingVersion } from '@sprechzimmer/protocol/signalling.ts';
import { messages } from '../messages.ts';
import { type ConsultingHours, startConsultingHours } from './consulting-hours.ts';
import { HostPage } from './host-page.tsx';
import { HoursPages, isLocked } from './hours-pages.tsx';
import { followPractice, readPracticeOrigin } from './practice-link.ts';

export { loadMessages } from '../messages.ts';

/** How long the practice app may take before the window says that it does not answer. */
const patienceMs = 6_000;

/** The host's window. It gets everything it knows from the practice app that opened it. */
export function showHost(root: HTMLElement, practiceOrigin: string): void {
  document.title = messages().host.title;
  const origin = readPracticeOrigin(practiceOrigin);
  if (origin === undefined || !window.opener) {
    render(<FromPracticeOnly />, root);
    return;
  }
  // For what stands beside this app's pages and names somebody, too.
  isLocked.subscribe((locked) => document.documentElement.classList.toggle('is-locked', locked));
  const consulting = startConsultingHours({ page: window.opener as Window, origin });
  followPractice(
    window,
    origin,
    (message) => {
      if (language.value !== message.language) setLanguage(message.language, false);
      isLocked.value = false;
      const { ticket, practitioner, expected, hideAddress = false } = message;
      const greeting = { kind: 'host', v: signallingVersion, ticket } as const;
      if (consulting.hear({ greeting, practitioner, expected, hideAddress })) void consulting.own.start();
    },
    () => (isLocked.value = true),
  );
  render(<HostApp consulting={consulting} />, root);
}

function HostApp({ consulting }: { consulting: ConsultingHours }) {
  const hours = consulting.hours.value;
  return hours ? <HoursPages key={hours.room} hours={hours} consulting={consulting} /> : <Opening />;
}

function Opening() {
  const t = messages().host;
  const [late, setLate] = useState(false);
  useEffect(() => {
    document.title = t.tabTitle(0);
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <HostPage title={t.title}>
      <p>{late ? t.noAnswer : t.opening}</p>
    </HostPage>
  );
}

function FromPracticeOnly() {
  const t = messages().host;
  return (
    <HostPage title={t.fromPractice}>
      <p>{t.fromPracticeText}</p>
    </HostPage>
  );
}
