/** Where the own picture lies. */
export type Corner = `${'start' | 'end'}-${'top' | 'bottom'}`;

const turn: Corner[] = ['end-bottom', 'end-top', 'start-top', 'start-bottom'];

/** The corners one after the other. */
export function nextCorner(corner: Corner): Corner {
  return turn[(turn.indexOf(corner) + 1) % turn.length] ?? corner;
}

/** The corner that an arrow key points to; undefined for any other key. */
export function cornerTowards(corner: Corner, key: string): Corner | undefined {
  const [side, height] = corner.split('-') as ['start' | 'end', 'top' | 'bottom'];
  switch (key) {
    case 'ArrowLeft':
      return `start-${height}`;
    case 'ArrowRight':
      return `end-${height}`;
    case 'ArrowUp':
      return `${side}-top`;
    case 'ArrowDown':
      return `${side}-bottom`;
    default:
      return undefined;
  }
}

type Box = { left: number; top: number; width: number; height: number };

/** The corner of a box that something dropped into it is nearest to. */
export function nearestCorner(dropped: Box, box: Box): Corner {
  const isLeft = dropped.left + dropped.width / 2 < box.left + box.width / 2;
  const isHigh = dropped.top + dropped.height / 2 < box.top + box.height / 2;
  return `${isLeft ? 'start' : 'end'}-${isHigh ? 'top' : 'bottom'}`;
}
