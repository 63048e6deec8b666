import { Button } from '@sprechzimmer/design/button.tsx';
import { LanguageSwitch } from '@sprechzimmer/design/language-switch.tsx';
import { Brand, Card, Page, Title } from '@sprechzimmer/design/page.tsx';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { FormPage } from './appointment/form-page.tsx';
import { TodayPage } from './appointment/today-page.tsx';
import { AppointmentPage } from './calendar/appointment-page.tsx';
import { CalendarPage } from './calendar/calendar-page.tsx';
import { DeskNav } from './calendar/desk-nav.tsx';
import { ContactsPage } from './contact/contacts-page.tsx';
import { InvitationPage } from './invitation/invitation-page.tsx';
import { NewCodesPage } from './invitation/new-codes-page.tsx';
import { TellPage } from './invitation/tell-page.tsx';
import { ApprovePage } from './device/approve-page.tsx';
import { scannedCode, takeScannedCode } from './device/approve-link.ts';
import { DevicesPage } from './device/devices-page.tsx';
import { JoinPage } from './device/join-page.tsx';
import { LockedPage } from './lock/locked-page.tsx';
import { AlarmPage } from './membership/alarm-page.tsx';
import { messages } from './messages.ts';
import type { PracticeApp } from './practice-app.ts';
import { RecoverPage } from './practice/recover-page.tsx';
import { RegisterPage } from './practice/register-page.tsx';
import { SignInPage } from './practice/sign-in-page.tsx';
import { UserMenu } from './practice/user-menu.tsx';
import { WelcomePage } from './practice/welcome-page.tsx';
import { PublicLinks } from './public-pages/public-links.tsx';
import { needsSecondFactor } from './second-factor/needs-second-factor.ts';
import { MenuPage } from './settings/menu-page.tsx';
import { DeskNotices } from './user/desk-notices.tsx';
import { useTopOfPage } from './use-top-of-page.ts';
import type { View } from './views.ts';
import type { Work } from './work.ts';

export function App({ app }: { app: PracticeApp }) {
  const state = app.state.value;
  const say = messages();
  switch (state.kind) {
    case 'starting':
      return <Doorstep>{<p role="status">{say.start.loading}</p>}</Doorstep>;
    case 'unreachable':
      return (
        <Explanation title={say.start.unreachableTitle} sentences={[say.start.unreachable]}>
          <Button kind="primary" onClick={() => void app.start()}>
            {say.again}
          </Button>
        </Explanation>
      );
    case 'storage-blocked':
      return (
        <Explanation title={say.start.storageTitle} sentences={[say.start.storage, say.start.storageRemedy]}>
          <Button kind="primary" onClick={() => void app.start()}>
            {say.again}
          </Button>
        </Explanation>
      );
    case 'key-mismatch':
      return <Explanation title={say.start.mismatchTitle} sentences={[say.start.mismatch]} />;
    case 'alarm':
      return (
        <Doorstep>
          <AlarmPage code={state.code} />
        </Doorstep>
      );
    case 'no-device':
      return (
        <Doorstep>
          <WelcomePage app={app} lost={state.lost} />
        </Doorstep>
      );
    case 'registering':
      return (
        <Doorstep>
          <RegisterPage app={app} />
        </Doorstep>
      );
    case 'joining':
      return (
        <Doorstep>
          <JoinPage app={app} />
        </Doorstep>
      );
    case 'recovering':
      return (
        <Doorstep>
          <RecoverPage app={app} />
        </Doorstep>
      );
    case 'signed-out':
      return (
        <Doorstep>
          <SignInPage
            app={app}
            device={state.device}
            reason={state.reason}
            // A session that has run out knows more than what was stored when it began.
            deviceNames={(state.work?.session.device ?? state.device).deviceNames ?? {}}
          />
        </Doorstep>
      );
    case 'locked':
      return (
        <Doorstep>
          <LockedPage app={app} device={state.device} attemptsLeft={state.attemptsLeft} />
        </Doorstep>
      );
    case 'signed-in':
      return <Desk app={app} work={state.work} />;
    default:
      return state satisfies never;
  }
}

/** Before sign-in: one column, nothing but the one thing to do. */
function Doorstep({ children }: { children: ComponentChildren }) {
  const header = (
    <>
      <Brand />
      <LanguageSwitch />
    </>
  );
  return (
    <Page header={header} footer={<PublicLinks />}>
      {children}
    </Page>
  );
}

function Explanation({
  title,
  sentences,
  children,
}: {
  title: string;
  sentences: string[];
  children?: ComponentChildren;
}) {
  return (
    <Doorstep>
      <Card>
        <Title>{title}</Title>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {children}
      </Card>
    </Doorstep>
  );
}

function Desk({ app, work }: { app: PracticeApp; work: Work }) {
  const view = work.views.current.value;
  useTopOfPage(view.kind);
  const scanned = scannedCode.value;
  useEffect(() => {
    if (scanned === undefined || work.views.unsaved()) return; // what is typed comes first
    work.views.open({ kind: 'approve', code: takeScannedCode() ?? '' });
  }, [scanned, view.kind]);
  useEffect(() => {
    if (needsSecondFactor(work.session)) work.views.open({ kind: 'second-factor' });
  }, [work]);
  const header = (
    <>
      <Brand name={work.session.practice.name} />
      <DeskNav work={work} />
      <UserMenu app={app} work={work} />
    </>
  );
  return (
    <Page header={header} width={pageWidth(view)}>
      {view.kind === 'today' && <DeskNotices work={work} />}
      {view.kind === 'today' && <TodayPage work={work} />}
      {view.kind === 'calendar' && <CalendarPage work={work} />}
      {view.kind === 'contacts' && <ContactsPage work={work} />}
      {view.kind === 'form' && <FormPage key={view.editing.draft.id} work={work} editing={view.editing} />}
      {view.kind === 'appointment' && (
        <AppointmentPage key={view.entry.stored.id} work={work} entry={view.entry} />
      )}
      {view.kind === 'devices' && <DevicesPage work={work} />}
      {view.kind === 'new-codes' && <NewCodesPage work={work} />}
      {view.kind === 'approve' && <ApprovePage work={work} code={view.code} />}
      {view.kind === 'invitation' && (
        <InvitationPage key={view.entry.stored.id} work={work} entry={view.entry} />
      )}
      {view.kind === 'tell' && (
        <TellPage key={view.entry.stored.id} work={work} entry={view.entry} reason={view.reason} />
      )}
      <MenuPage work={work} view={view} />
    </Page>
  );
}

function pageWidth({ kind }: View): 'narrow' | 'wide' | 'full' {
  if (kind === 'calendar') return 'full';
  return kind === 'today' || kind === 'contacts' ? 'wide' : 'narrow';
}
