import { Select, TextField } from '@sprechzimmer/design/fields.tsx';
import { type Role, roles } from '@sprechzimmer/protocol/membership.ts';
import { readEmailAddress } from '../invitation/mail.ts';
import { messages } from '../messages.ts';

const maxNameLength = 200;
const maxTelephoneLength = 40;

type NameFieldsProps = {
  name: string;
  telephone: string;
  asked: boolean;
  own?: boolean;
  onInput: (change: { name?: string; telephone?: string }) => void;
};

/** Name and telephone of a user. */
export function NameFields({ name, telephone, asked, own = false, onInput }: NameFieldsProps) {
  const say = messages();
  return (
    <>
      <TextField
        label={own ? say.own.name : say.users.name}
        hint={say.users.nameHint}
        autocomplete={own ? 'name' : 'off'}
        maxLength={maxNameLength}
        value={name}
        onInput={(value) => onInput({ name: value })}
        problem={asked && !isName(name) ? say.own.nameMissing : undefined}
      />
      <TextField
        label={say.own.telephone}
        aside={say.optional}
        type="tel"
        autocomplete={own ? 'tel' : 'off'}
        maxLength={maxTelephoneLength}
        value={telephone}
        onInput={(value) => onInput({ telephone: value })}
      />
    </>
  );
}

export function isName(name: string): boolean {
  return name.trim() !== '';
}

type EmailFieldProps = { email: string; asked: boolean; own?: boolean; onInput: (email: string) => void };

export function EmailField({ email, asked, own = false, onInput }: EmailFieldProps) {
  const say = messages().own;
  return (
    <TextField
      label={say.email}
      type="email"
      autocomplete={own ? 'email' : 'off'}
      spellcheck={false}
      value={email}
      onInput={onInput}
      problem={asked && !isEmail(email) ? say.emailWrong : undefined}
    />
  );
}

export function isEmail(email: string): boolean {
  return readEmailAddress(email) !== undefined;
}

export function RoleField({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const say = messages().users;
  return (
    <Select
      label={say.roleLabel}
      hint={say.roleHint}
      value={role}
      options={roles.map((value) => ({ value, label: say.role[value] }))}
      onChange={onChange}
    />
  );
}
