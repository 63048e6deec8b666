import type { Browser, System } from './browser.ts';
import type { BrowserMessages } from './messages.ts';

/** What stands beside the address, drawn as that browser draws it. */
export type AddressSign = 'tune' | 'lock' | 'crossed' | 'page';

export type Drawing =
  | { kind: 'address'; sign: AddressSign; at: 'top' | 'bottom' }
  /** Rows with a switch each, all of them on. */
  | { kind: 'switches'; heading?: string; rows: string[] }
  /** A row with a state and a cross or a word to press. */
  | { kind: 'row'; label: string; action: string }
  /** A menu that hangs from a sign at a corner, with one item to choose. */
  | { kind: 'menu'; from: 'dots' | 'compass' | 'bar'; item: string };

export type Step = { text: string; drawing?: Drawing | undefined };
export type Wanted = 'camera' | 'microphone' | 'both';

/** The way to the permission, in the words and pictures of that very browser. */
export function permissionSteps(browser: Browser, wanted: Wanted, t: BrowserMessages): Step[] {
  const { system, name } = browser;
  const thing = t.thing[wanted];
  const rows = rowsOf(wanted, t);
  const switches: Drawing = { kind: 'switches', rows };
  const sign = name === 'edge' || name === 'samsung' ? 'lock' : 'tune';
  if (system === 'ios') {
    // Beside Safari, a browser on iOS has its permission from the system alone.
    if (name !== 'safari') return systemSteps(browser, wanted, t);
    return draw(
      t.steps.safariIos(thing),
      { kind: 'address', sign: 'page', at: 'bottom' },
      { kind: 'row', label: t.pageSettings, action: '›' },
      { kind: 'row', label: rows.join(', '), action: t.allow },
    );
  }
  if (name === 'firefox') {
    return system === 'android'
      ? draw(
          t.steps.firefoxAndroid(thing),
          { kind: 'address', sign: 'lock', at: 'bottom' },
          { kind: 'row', label: rows.join(', '), action: t.blocked },
        )
      : draw(
          t.steps.firefox(thing),
          { kind: 'address', sign: 'crossed', at: 'top' },
          { kind: 'row', label: t.blocked, action: '×' },
        );
  }
  if (name === 'safari') {
    return draw(
      t.steps.safariMac(thing),
      { kind: 'menu', from: 'bar', item: t.settingsFor },
      { kind: 'row', label: rows.join(', '), action: t.allow },
    );
  }
  return system === 'android'
    ? draw(
        t.steps.chromiumAndroid(thing),
        { kind: 'address', sign, at: 'top' },
        { kind: 'row', label: t.permissions, action: '›' },
        switches,
      )
    : draw(t.steps.chromium(thing), { kind: 'address', sign, at: 'top' }, switches);
}

/** Where the system itself holds a device back from all programs, or from this browser. */
export function systemSteps({ system, name }: Browser, wanted: Wanted, t: BrowserMessages): Step[] {
  if (system === 'other') return [];
  const own = t.names[name];
  const rows = rowsOf(wanted, t);
  const isDesktop = system === 'windows' || system === 'macos';
  return draw(
    t.system[system](t.thing[wanted], own),
    isDesktop
      ? { kind: 'row', label: t.privacy[system], action: '›' }
      : { kind: 'row', label: own, action: '›' },
    {
      kind: 'switches',
      ...(isDesktop && { heading: rows.join(', ') }),
      rows: system === 'macos' ? [own] : rows,
    },
  );
}

/** Out of the window of a mail or messenger program, into a browser. */
export function leaveSteps(system: System, t: BrowserMessages): Step[] {
  const kind = system === 'ios' || system === 'android' ? system : 'other';
  const item = t.leaveItem[kind];
  return kind === 'other'
    ? draw(t.leave.other)
    : draw(
        t.leave[kind],
        { kind: 'menu', from: kind === 'ios' ? 'compass' : 'dots', item },
        { kind: 'row', label: item, action: '›' },
      );
}

function rowsOf(wanted: Wanted, t: BrowserMessages): string[] {
  return wanted === 'both' ? [t.devices.camera, t.devices.microphone] : [t.devices[wanted]];
}

function draw(texts: string[], ...drawings: Drawing[]): Step[] {
  return texts.map((text, index) => ({ text, drawing: drawings[index] }));
}
