import { BillingPage } from '../billing/billing-page.tsx';
import { ConsentPage } from '../consent/consent-page.tsx';
import { RetentionPage } from '../retention/retention-page.tsx';
import { TemplatesPage } from '../invitation/templates-page.tsx';
import { NetworkPage } from '../network/network-page.tsx';
import { EventsPage } from '../security/events-page.tsx';
import { SecondFactorPage } from '../second-factor/second-factor-page.tsx';
import { AddUserPage } from '../user/add-user-page.tsx';
import { OwnPage } from '../user/own-page.tsx';
import { PasswordPage } from '../user/password-page.tsx';
import { UserPage } from '../user/user-page.tsx';
import { UsersPage } from '../user/users-page.tsx';
import type { View } from '../views.ts';
import type { Work } from '../work.ts';
import { SettingsPage } from './settings-page.tsx';

/** What opens from the menu: oneself, the users, the practice. */
export function MenuPage({ work, view }: { work: Work; view: View }) {
  switch (view.kind) {
    case 'own':
      return <OwnPage work={work} />;
    case 'password':
      return <PasswordPage work={work} />;
    case 'second-factor':
      return <SecondFactorPage work={work} />;
    case 'users':
      return <UsersPage work={work} />;
    case 'add-user':
      return <AddUserPage work={work} />;
    case 'user':
      return <UserPage key={view.userId} work={work} userId={view.userId} />;
    case 'events':
      return <EventsPage work={work} />;
    case 'settings':
      return <SettingsPage work={work} />;
    case 'templates':
      return <TemplatesPage work={work} />;
    case 'consent':
      return <ConsentPage work={work} />;
    case 'billing':
      return <BillingPage work={work} />;
    case 'network':
      return <NetworkPage work={work} />;
    case 'retention':
      return <RetentionPage work={work} />;
    default:
      return null;
  }
}
