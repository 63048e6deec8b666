import type { ComponentType } from 'preact';
import type { Talk } from '@sprechzimmer/call/talk.ts';
import type { IconNode } from '@sprechzimmer/design/icon.tsx';
import type { OwnDevices } from '../devices/own-devices.ts';
import { filesTool } from '../files/tool.ts';
import { hintTool } from '../hints/hint-tool.ts';
import { peopleTool } from '../people/people-tool.ts';
import type { Person } from '../people/people.ts';
import { shareTool } from '../share/share-tool.ts';
import { windowTools } from './window-tools.ts';

/** What a tool may use of the consultation it is chosen in. */
export type ToolContext = {
  end: 'host' | 'participant';
  /** Speaks to the pages of the others. */
  port: Talk;
  own: OwnDevices;
  otherName: string;
  people: readonly Person[];
  /** At the host's end: one guest is to leave, the others stay. */
  onSeeOut?: ((id: string) => void) | undefined;
  /** Opens the panel of the tool with this id, or closes whichever is open. Call it for a person's wish only. */
  showPanel: (id: string | undefined) => void;
};

export type ToolProps = { context: ToolContext; onClose: () => void };

/** Something that one may choose in a consultation, beside talking. What it needs is loaded when it is chosen. */
export type Tool = {
  id: string;
  icon: IconNode;
  label: (context: ToolContext) => string;
  /** Always, if not given. */
  isOffered?: (context: ToolContext) => boolean;
  /** In the bar as well where that is wide enough; everything is in the menu. */
  inBar?: boolean;
  /** Is going on, as a shared screen is. Given only by tools that are switched on and off. */
  isOn?: (context: ToolContext) => boolean;
  /** How many things in it have not been seen yet. */
  unseen?: (context: ToolContext) => number;
  /** A sentence on something that waits for this person; a quiet line, and the way to the panel. */
  notice?: (context: ToolContext) => string | undefined;
  /** In the press itself, so that the browser takes it for a person's wish. */
  onChoose?: (context: ToolContext) => void;
  /** What is shown beside the picture once it is chosen, in a `Panel`. */
  loadPanel?: () => Promise<ComponentType<ToolProps>>;
  /** From the beginning of a consultation to its end, as for hearing what the other side sends. @returns ends it */
  begin?: (context: ToolContext) => (() => void) | undefined;
};

/** In the order of the menu. */
export const tools: readonly Tool[] = [shareTool, filesTool, peopleTool, ...windowTools, hintTool];
