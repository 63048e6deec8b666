import { publicMessages } from './messages.ts';
import { PublicLink } from './public-link.tsx';

const pages = ['hilfe', 'nutzungsbedingungen', 'datenschutz', 'impressum'] as const;

/** Help, and what the operator has to say about the service. */
export function PublicLinks() {
  const say = publicMessages();
  return (
    <nav aria-label={say.label}>
      <ul class="public-links">
        {pages.map((page) => (
          <li key={page}>
            <PublicLink page={page}>{say[page]}</PublicLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
