import { useSignal } from '@preact/signals';
import { Button } from '@sprechzimmer/design/button.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { MessageSquareText, Send } from 'lucide';
import { changeParticipant, sendNow } from '../appointment/change.ts';
import { failureSentence } from '../failure.ts';
import { ContactField } from './contact-field.tsx';
import { Deliveries } from './deliveries.tsx';
import { deliveriesOf, isGoingOut } from './invitation-state.ts';
import { invitationMessages } from './messages.ts';
import { readTelephone } from './telephone.ts';
import { factsOf, render } from './texts.ts';
import { TextPreview, Way, type WayProps } from './way.tsx';

/** The operator's SMS gateway. */
export function SmsWay(props: WayProps) {
  const say = invitationMessages().sms;
  const { plan, channels } = props.work.session.view.practice;
  return (
    <Way icon={MessageSquareText} title={say.title}>
      {() => {
        if (!channels.includes('sms')) return <Notice>{plan.sms ? say.notHere : say.notInPlan}</Notice>;
        const number = readTelephone(props.participant.telephone);
        return number ? <SendSms {...props} number={number} /> : <AddNumber {...props} />;
      }}
    </Way>
  );
}

function SendSms(props: WayProps & { number: string }) {
  const { work, entry, participant, change, number } = props;
  const say = invitationMessages().sms;
  const busy = useSignal(false);
  const failure = useSignal<unknown>(undefined);
  const { session } = work;
  const { language, invitationId } = participant;
  const facts = factsOf(session, { ...entry.stored, ...entry.record }, participant);
  const sms = render('sms', language, session, facts);
  async function send(): Promise<void> {
    busy.value = true;
    failure.value = undefined;
    const message = { channel: 'sms' as const, to: number, subject: '', text: sms.text, calendarFile: null };
    try {
      await change((current) => sendNow(work, current, invitationId, message));
    } catch (error) {
      failure.value = error;
    }
    busy.value = false;
  }
  const waits =
    busy.value || deliveriesOf(entry, participant).some((one) => one.channel === 'sms' && isGoingOut(one));
  return (
    <>
      <p>
        {say.lead(number)} {say.learns}
      </p>
      <TextPreview subject="" text={sms.text} language={language} />
      <Button icon={Send} busy={waits ? say.sending : undefined} onClick={() => void send()}>
        {say.send}
      </Button>
      <Deliveries entry={entry} participant={participant} channel="sms" />
      <details>
        <summary>{say.change}</summary>
        <NumberField key={participant.telephone} {...props} />
      </details>
      <div role="alert">
        {failure.value !== undefined && <Notice tone="bad">{failureSentence(failure.value)}</Notice>}
      </div>
    </>
  );
}

function AddNumber(props: WayProps) {
  const say = invitationMessages().sms;
  const { telephone } = props.participant;
  return (
    <>
      <p>{telephone ? say.wrong(telephone) : say.missing}</p>
      <NumberField {...props} />
    </>
  );
}

function NumberField({ work, participant, change }: WayProps) {
  const say = invitationMessages().sms;
  const { telephone, invitationId } = participant;
  return (
    <ContactField
      kind="tel"
      label={say.number}
      hint={say.numberHint}
      problem={say.numberProblem}
      value={telephone}
      isValid={(text) => readTelephone(text) !== undefined}
      onSave={(text) =>
        change((current) => changeParticipant(work, current, invitationId, { telephone: text }))
      }
    />
  );
}
