import { type Area, type Place, placeOf, type Point, pointOf } from './picture-area.ts';

export type Arrow = { from: Place; to: Place };

const headLength = 24;
const headWidth = 26;
const shaftWidth = 9;
const tapLength = 72;
/** A shorter stroke than this is a tap: the arrow then comes from the middle of the picture. */
const shortestStroke = 14;

/** The arrow of a stroke, or of a tap on one place. */
export function arrowOf(start: Point, end: Point, area: Area): Arrow {
  const from = distance(start, end) < shortestStroke ? fromTheMiddle(end, area) : start;
  return { from: placeOf(from, area), to: placeOf(end, area) };
}

/** Away from the edges, so that all of the arrow is in the picture. */
function fromTheMiddle(tip: Point, area: Area): Point {
  const middle = { x: area.x + area.width / 2, y: area.y + area.height / 2 };
  const length = distance(tip, middle);
  if (length < 1) return { x: tip.x + tapLength * 0.7, y: tip.y + tapLength * 0.7 };
  return {
    x: tip.x + ((middle.x - tip.x) / length) * tapLength,
    y: tip.y + ((middle.y - tip.y) / length) * tapLength,
  };
}

/** The outline of an arrow as it is drawn over a picture in this area: head and shaft, as thick however far it is. */
export function arrowOutline({ from, to }: Arrow, area: Area): string {
  const tip = pointOf(to, area);
  const tail = pointOf(from, area);
  const length = Math.max(distance(tail, tip), 1);
  const along = { x: (tip.x - tail.x) / length, y: (tip.y - tail.y) / length };
  // On a small page a far-off arrow becomes short; its head stays, and some of its shaft.
  const shaft = Math.max(length - headLength, headLength / 2);
  const at = (back: number, aside: number) => {
    const x = tip.x - along.x * back - along.y * aside;
    const y = tip.y - along.y * back + along.x * aside;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  const end = headLength + shaft;
  return [
    at(0, 0),
    at(headLength, headWidth / 2),
    at(headLength, shaftWidth / 2),
    at(end, shaftWidth / 2),
    at(end, -shaftWidth / 2),
    at(headLength, -shaftWidth / 2),
    at(headLength, -headWidth / 2),
  ].join(' ');
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
