import { ArrowLeft } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { ConsultationRecordSheet } from '@sprechzimmer/design/consultation-record.tsx';
import { Notice } from '@sprechzimmer/design/notice.tsx';
import { Brand, Card, LiveText, Page, Title } from '@sprechzimmer/design/page.tsx';
import type { ConsultationRecord } from '@sprechzimmer/protocol/consultation-record.ts';
import { messages } from './messages.ts';

/** only-here: there is no practice app to hand it to. */
type Whereabouts = 'under-way' | 'kept' | 'gone' | 'only-here';
export type LastRecord = { record: ConsultationRecord; whereabouts: Whereabouts };
type RecordPageProps = LastRecord & { onBack: () => void };

/** The record of the consultation that has just ended, and where it is. */
export function RecordPage({ record, whereabouts, onBack }: RecordPageProps) {
  const t = messages();
  const sentence = { kept: t.kept, 'under-way': t.underWay, gone: t.gone, 'only-here': t.onlyHere };
  return (
    <Page header={<Brand name={t.title} />}>
      <Button kind="quiet" icon={ArrowLeft} onClick={onBack}>
        {t.back}
      </Button>
      <Title>{t.title}</Title>
      <LiveText>
        <Notice tone={whereabouts === 'kept' ? 'good' : 'warn'}>{sentence[whereabouts]}</Notice>
      </LiveText>
      <Card>
        <ConsultationRecordSheet record={record} />
      </Card>
    </Page>
  );
}
