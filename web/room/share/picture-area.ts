export type Point = { x: number; y: number };
export type Size = { width: number; height: number };
/** Where a picture is seen within its box; the rest of the box is bars. */
export type Area = Point & Size;
/** A place in a picture, from 0 (left, top) to 1 (right, bottom), wherever and however large it is shown. */
export type Place = Point;

/** The part of `box` that a picture fills which is shown whole and in the middle, as `object-fit: contain` does. */
export function pictureArea(picture: Size, box: Size): Area | undefined {
  if (!picture.width || !picture.height || !box.width || !box.height) return undefined;
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { x: (box.width - width) / 2, y: (box.height - height) / 2, width, height };
}

/** A point of the box as a place in the picture. Whoever slips onto the bars means the picture's edge. */
export function placeOf(point: Point, area: Area): Place {
  return { x: clamp((point.x - area.x) / area.width), y: clamp((point.y - area.y) / area.height) };
}

export function pointOf(place: Place, area: Area): Point {
  return { x: area.x + place.x * area.width, y: area.y + place.y * area.height };
}

export function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
