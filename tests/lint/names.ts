// What WIT calls as JavaScript calls something of its own has the name of WIT.
import { places } from 'case-names';

export function use(): Map<number, places.Map> {
  const map = new places.Map(7);
  const seen = new Map([[map.get(), map]]);
  places.delete(map);
  return seen;
}
