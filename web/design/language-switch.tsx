import { type Language, language, languages, setLanguage } from './i18n.ts';

const names = { de: 'Deutsch', en: 'English' } as const satisfies Record<Language, string>;

/** Each language under its own name. */
export function LanguageSwitch() {
  return (
    <div class="language-switch" role="group" aria-label="Sprache / Language">
      {languages.map((tag) => (
        <button
          key={tag}
          type="button"
          lang={tag}
          aria-pressed={language.value === tag}
          onClick={() => setLanguage(tag)}
        >
          {names[tag]}
        </button>
      ))}
    </div>
  );
}
