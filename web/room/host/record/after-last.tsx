import { FileText } from 'lucide';
import { Button } from '@sprechzimmer/design/button.tsx';
import { formatDuration } from '@sprechzimmer/design/duration.ts';
import { language } from '@sprechzimmer/design/i18n.ts';
import type { ConsultationRecord } from '@sprechzimmer/protocol/consultation-record.ts';
import { messages } from './messages.ts';

/** Beside who ended it: how long it was, and the way to its record. */
export function AfterLast({ record, onShow }: { record: ConsultationRecord; onShow: () => void }) {
  const t = messages();
  const ms = Date.parse(record.endedAt) - Date.parse(record.startedAt);
  return (
    <div class="row">
      <p class="last-ended">{t.lasted(formatDuration(ms, language.value))}</p>
      <Button kind="quiet" icon={FileText} onClick={onShow}>
        {t.show}
      </Button>
    </div>
  );
}
