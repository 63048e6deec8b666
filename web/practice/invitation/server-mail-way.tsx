import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { formatTimeOfDay } from '@sprechzimmer/design/dates.ts';
import { language as screenLanguage } from '@sprechzimmer/design/i18n.ts';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import type { Participant } from '@sprechzimmer/protocol/appointment.ts';
import { MailCheck, Send } from 'lucide';
import { localTime } from '../appointment/calendar-day.ts';
import { changeParticipant, sendNow } from '../appointment/change.ts';
import { failureSentence } from '../failure.ts';
import { Choice } from './choice.tsx';
import { ContactField } from './contact-field.tsx';
import { Deliveries } from './deliveries.tsx';
import { readRecipient } from './mail.ts';
import { deliveriesOf, isGoingOut } from './invitation-state.ts';
import { invitationMessages } from './messages.ts';
import { dayMail, neutralName } from './texts.ts';
import { TextPreview, Way, type WayProps } from './way.tsx';

export const mailOnDayChoices = ['no', 'link', 'without-code'] as const;

/** Mail that the server sends: on the appointment's day by itself, or now. */
export function ServerMailWay(props: WayProps) {
  const say = invitationMessages().serverMail;
  const { plan, channels } = props.work.session.view.practice;
  return (
    <Way icon={MailCheck} title={say.title}>
      {() => {
        if (!channels.includes('mail'))
          return <Notice>{plan.serverMail ? say.notHere : say.notInPlan}</Notice>;
        const address = readRecipient(props.participant.email);
        return address ? <SendMail {...props} address={address} /> : <AddAddress {...props} />;
      }}
    </Way>
  );
}

function SendMail(props: WayProps & { address: string }) {
  const { work, entry, participant, change, address } = props;
  const say = invitationMessages().serverMail;
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  /** What is being saved. */
  const chosen = useSignal<Participant['mailOnDay'] | undefined>(undefined);
  const { session } = work;
  const { invitationId, mailOnDay } = participant;
  const mail = dayMail(session, { ...entry.stored, ...entry.record }, participant);
  const { mailTime } = session.view.practice;
  const now = localTime(work.clock.value, session.practice.timeZone);
  const isTimePast = entry.stored.day === now.day && now.time >= mailTime;

  async function attempt(step: () => Promise<void>): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    try {
      await step();
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }
  async function choose(next: Participant['mailOnDay']): Promise<void> {
    chosen.value = next;
    await attempt(() =>
      change((current) => changeParticipant(work, current, invitationId, { mailOnDay: next })),
    );
    chosen.value = undefined;
  }
  const send = () =>
    attempt(() =>
      change((current) => sendNow(work, current, invitationId, { channel: 'mail', to: address, ...mail })),
    );
  const waits =
    busy.value || deliveriesOf(entry, participant).some((one) => one.channel === 'mail' && isGoingOut(one));
  return (
    <>
      <p>
        {say.lead(address)} {say.learns} {mailOnDay !== 'without-code' && say.thenCompare}
      </p>
      <p class="quiet-text">
        {say.signed(neutralName(session))} {!session.invitationSettings.neutralName && say.notNeutral}
      </p>
      <Choice
        label={say.onDay(formatTimeOfDay(mailTime, screenLanguage.value))}
        hint={isTimePast ? say.atOnce : undefined}
        value={chosen.value ?? mailOnDay}
        options={mailOnDayChoices.map((value) => ({ value, label: say.choice[value] }))}
        onChange={(next) => void choose(next)}
      />
      <TextPreview {...mail} language={participant.language} />
      <Button icon={Send} busy={waits ? say.sending : undefined} onClick={() => void send()}>
        {mailOnDay === 'without-code' ? say.nowWithoutCode : say.now}
      </Button>
      <Deliveries entry={entry} participant={participant} channel="mail" />
      <details>
        <summary>{say.change}</summary>
        <AddressField key={participant.email} {...props} />
      </details>
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
    </>
  );
}

function AddAddress(props: WayProps) {
  const say = invitationMessages().serverMail;
  const { email } = props.participant;
  return (
    <>
      <p>{email ? say.wrong(email) : say.missing}</p>
      <AddressField {...props} />
    </>
  );
}

function AddressField({ work, participant, change }: WayProps) {
  const say = invitationMessages().serverMail;
  const { email, invitationId } = participant;
  return (
    <ContactField
      kind="email"
      label={say.address}
      problem={say.addressProblem}
      value={email}
      isValid={(text) => readRecipient(text) !== undefined}
      onSave={(text) => change((current) => changeParticipant(work, current, invitationId, { email: text }))}
    />
  );
}
