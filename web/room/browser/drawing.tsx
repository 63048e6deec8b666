import type { AddressSign, Drawing as DrawingKind } from './steps.ts';

/** A few lines that show where to press; the sentence beside it says the same, so screen readers pass it by. */
export function Drawing({ drawing }: { drawing: DrawingKind }) {
  return (
    <svg class="drawing" viewBox={`0 0 260 ${heightOf(drawing)}`} aria-hidden="true" focusable="false">
      <DrawingBody drawing={drawing} />
    </svg>
  );
}

function heightOf(drawing: DrawingKind): number {
  if (drawing.kind === 'switches') return 16 + 38 * drawing.rows.length + (drawing.heading ? 26 : 0);
  return drawing.kind === 'row' ? 54 : 92;
}

function DrawingBody({ drawing }: { drawing: DrawingKind }) {
  switch (drawing.kind) {
    case 'address':
      return <Address sign={drawing.sign} at={drawing.at} />;
    case 'switches':
      return <Switches heading={drawing.heading} rows={drawing.rows} />;
    case 'row':
      return <Row label={drawing.label} action={drawing.action} />;
    case 'menu':
      return <Menu from={drawing.from} item={drawing.item} />;
    default:
      return drawing satisfies never;
  }
}

/** A browser's window with its address line, at the top or at the bottom of the screen. */
function Address({ sign, at }: { sign: AddressSign; at: 'top' | 'bottom' }) {
  const y = at === 'top' ? 14 : 46;
  return (
    <>
      <rect class="d-sheet" x="6" y="4" width="248" height="84" rx="10" />
      <rect class="d-field" x="18" y={y} width="224" height="32" rx="16" />
      <text class="d-text d-soft" x="62" y={y + 21}>
        {location.host.slice(0, 22)}
      </text>
      <g transform={`translate(30 ${y + 6})`}>
        <Sign sign={sign} />
      </g>
      <circle class="d-ring" cx="40" cy={y + 16} r="17" />
    </>
  );
}

/** 20 by 20. */
function Sign({ sign }: { sign: AddressSign }) {
  switch (sign) {
    case 'tune':
      return (
        <>
          <path class="d-line" d="M2 6h7M15 6h3M2 14h3M11 14h7" />
          <circle class="d-line" cx="12" cy="6" r="2.6" />
          <circle class="d-line" cx="8" cy="14" r="2.6" />
        </>
      );
    case 'lock':
      return (
        <>
          <rect class="d-line" x="4" y="9" width="12" height="8" rx="2" />
          <path class="d-line" d="M7 9V6a3 3 0 0 1 6 0v3" />
        </>
      );
    case 'crossed':
      return (
        <>
          <rect class="d-line" x="1" y="5" width="12" height="10" rx="2" />
          <path class="d-line" d="M13 9l5-3v8l-5-3M2 18L18 2" />
        </>
      );
    case 'page':
      return (
        <>
          <rect class="d-line" x="3" y="2" width="14" height="10" rx="2" />
          <path class="d-line" d="M3 15.5h14M3 19h9" />
        </>
      );
    default:
      return sign satisfies never;
  }
}

function Switches({ heading, rows }: { heading: string | undefined; rows: string[] }) {
  const top = heading ? 34 : 8;
  return (
    <>
      <rect class="d-sheet" x="6" y="4" width="248" height={top + 38 * rows.length} rx="10" />
      {heading && (
        <text class="d-text d-bold" x="20" y="28">
          {heading}
        </text>
      )}
      {rows.map((label, index) => (
        <g key={label} transform={`translate(0 ${top + 38 * index})`}>
          <text class="d-text" x="20" y="24">
            {label}
          </text>
          <rect class="d-on" x="198" y="9" width="38" height="20" rx="10" />
          <circle class="d-knob" cx="226" cy="19" r="7.5" />
          <rect class="d-ring" x="192" y="3" width="50" height="32" rx="16" />
        </g>
      ))}
    </>
  );
}

function Row({ label, action }: { label: string; action: string }) {
  const width = Math.max(26, 16 + action.length * 8);
  return (
    <>
      <rect class="d-sheet" x="6" y="4" width="248" height="46" rx="10" />
      <text class="d-text" x="20" y="32">
        {label}
      </text>
      <text class="d-text d-bold" x={240 - width / 2} y="32" text-anchor="middle">
        {action}
      </text>
      <rect class="d-ring" x={240 - width} y="12" width={width} height="30" rx="15" />
    </>
  );
}

function Menu({ from, item }: { from: 'dots' | 'compass' | 'bar'; item: string }) {
  const isLow = from === 'compass';
  const [x, y] = from === 'bar' ? [46, 20] : [232, isLow ? 72 : 20];
  return (
    <>
      <rect class="d-sheet" x="6" y="4" width="248" height="84" rx="10" />
      <path class="d-line d-soft" d={isLow ? 'M6 56h248' : 'M6 36h248'} />
      {from === 'dots' && (
        <>
          <circle class="d-dot" cx={x} cy="13" r="2.2" />
          <circle class="d-dot" cx={x} cy="20" r="2.2" />
          <circle class="d-dot" cx={x} cy="27" r="2.2" />
        </>
      )}
      {from === 'compass' && (
        <>
          <circle class="d-line" cx={x} cy={y} r="9" />
          <path class="d-line" d="M236 68l-2.5 6-5.5 2.5 2.5-6z" />
        </>
      )}
      {from === 'bar' && (
        <text class="d-text d-bold" x={x} y="25" text-anchor="middle">
          Safari
        </text>
      )}
      {from === 'bar' ? (
        <rect class="d-ring" x="16" y="7" width="60" height="26" rx="13" />
      ) : (
        <circle class="d-ring" cx={x} cy={y} r="14.5" />
      )}
      <text
        class="d-text"
        x={from === 'bar' ? 20 : 240}
        y={isLow ? 36 : 66}
        text-anchor={from === 'bar' ? 'start' : 'end'}
      >
        {item}
      </text>
    </>
  );
}
