import { SubPage } from '../settings/sub-page.tsx';
import type { Work } from '../work.ts';
import { DeletionLog } from './deletion-log.tsx';
import { EndCard } from './end-card.tsx';
import { ExportCard } from './export-card.tsx';
import { retentionMessages } from './messages.ts';
import { RetentionCard } from './retention-card.tsx';

/** How long the practice's data stays, what has gone, how to take it along, and how to end all of it; the main user's. */
export function RetentionPage({ work }: { work: Work }) {
  const say = retentionMessages();
  return (
    <SubPage
      work={work}
      title={say.title}
      lead={say.lead}
      onBack={() => work.views.open({ kind: 'settings' })}
    >
      <RetentionCard work={work} />
      <DeletionLog work={work} />
      <ExportCard work={work} />
      <EndCard work={work} />
    </SubPage>
  );
}
