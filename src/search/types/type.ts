/**
 * Types: what is known of a value before a program runs. They are finer than the table's kinds, which do not describe
 * elements.
 */

export type Type =
  /** Nothing is known. */
  | { readonly form: 'any' }
  /** There is no such value; the type of an empty container's elements. */
  | { readonly form: 'never' }
  | { readonly form: 'none' | 'boolean' | 'color' | 'integer' }
  /** An integer or a pair of integers. */
  | { readonly form: 'number' }
  /** A tuple of rows. */
  | { readonly form: 'grid' }
  /** A tuple of known length, such as a pair or a cell. */
  | { readonly form: 'record'; readonly items: readonly Type[] }
  /** `container` is a tuple or a set. */
  | { readonly form: Shape; readonly element: Type }
  /** One of these functions; if the list is empty, any function of that arity. */
  | { readonly form: 'function'; readonly arity: number; readonly callables: readonly Callable[] };

export type Shape = 'tuple' | 'set' | 'container';

/** A primitive as a value, or the result of a combinator with the types of its arguments. */
export interface Callable {
  /** Id of the primitive or combinator. */
  readonly primitive: number;
  readonly fixed: readonly Type[] | null;
}

export const ANY: Type = { form: 'any' };
export const NEVER: Type = { form: 'never' };
export const NONE: Type = { form: 'none' };
export const BOOLEAN: Type = { form: 'boolean' };
/** An integer that stands for a colour. */
export const COLOR: Type = { form: 'color' };
export const INTEGER: Type = { form: 'integer' };
export const NUMBER: Type = { form: 'number' };
export const GRID: Type = { form: 'grid' };
export const ROW: Type = { form: 'tuple', element: COLOR };
export const PAIR: Type = { form: 'record', items: [INTEGER, INTEGER] };
export const CELL: Type = { form: 'record', items: [COLOR, PAIR] };
/** A cell of the dialect. */
export const TRIPLE: Type = { form: 'record', items: [INTEGER, INTEGER, COLOR] };
export const INDICES: Type = { form: 'set', element: PAIR };
export const OBJECT: Type = { form: 'set', element: CELL };
export const OBJECTS: Type = { form: 'set', element: OBJECT };
export const TRIPLES: Type = { form: 'set', element: TRIPLE };
export const TRIPLES_SETS: Type = { form: 'set', element: TRIPLES };
export const GRIDS: Type = { form: 'tuple', element: GRID };

/** Maximum number of functions in a type; a choice among more becomes any function of their arity. */
const MOST_CALLABLES = 6;

export function record(...items: readonly Type[]): Type {
  if (items.length === 2 && isIntegral(items[0]) && isIntegral(items[1])) return PAIR;
  return { form: 'record', items };
}

export function containerOf(shape: Shape, element: Type): Type {
  return { form: shape, element };
}

/** An integer of some kind; booleans and colours are integers too. */
export function isIntegral({ form }: Type): boolean {
  return form === 'integer' || form === 'color' || form === 'boolean';
}

/** Whether the value is a tuple or a set, or may be one; null if it is neither. */
export function shapeOf(type: Type): Shape | null {
  switch (type.form) {
    case 'grid':
    case 'record':
      return 'tuple';
    case 'tuple':
    case 'set':
    case 'container':
      return type.form;
    case 'any':
      return 'container';
    case 'number':
      return 'tuple';
    default:
      return null;
  }
}

/** The type of a container's elements; null if the value is no container. */
export function elementOf(type: Type): Type | null {
  switch (type.form) {
    case 'grid':
      return ROW;
    case 'record':
      return type.items.reduce(join, NEVER);
    case 'tuple':
    case 'set':
    case 'container':
      return type.element;
    case 'number':
      return INTEGER;
    case 'any':
      return ANY;
    default:
      return null;
  }
}

/** The types of a container's elements, one by one if they are known. */
export function elementsOf(container: Type): readonly Type[] {
  if (container.form === 'record') return container.items;
  const element = elementOf(container);
  return element === null ? [] : [element];
}

/** Whether the elements of a container have one type; those of a cell do not. */
export function isUniform(container: Type): boolean {
  if (container.form !== 'record') return true;
  return container.items.every((item) => mayBeEqual(item, container.items[0]));
}

export function sameType(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (a.form === 'record') return b.form === 'record' && sameTypes(a.items, b.items);
  if (a.form === 'function') return b.form === 'function' && sameFunctions(a, b);
  if ('element' in a) return b.form === a.form && sameType(a.element, b.element);
  return a.form === b.form;
}

function sameTypes(a: readonly Type[], b: readonly Type[]): boolean {
  return a.length === b.length && a.every((item, k) => sameType(item, b[k]));
}

export type FunctionType = Extract<Type, { form: 'function' }>;

function sameFunctions(a: FunctionType, b: FunctionType): boolean {
  const { callables } = a;
  if (a.arity !== b.arity || callables.length !== b.callables.length) return false;
  return callables.every((callable, k) => sameCallable(callable, b.callables[k]));
}

function sameCallable(a: Callable, b: Callable): boolean {
  if (a.primitive !== b.primitive || a.fixed === null || b.fixed === null) {
    return a.primitive === b.primitive && a.fixed === b.fixed;
  }
  return sameTypes(a.fixed, b.fixed);
}

/** The narrowest available type for a value that has one of the two types. */
export function join(a: Type, b: Type): Type {
  if (sameType(a, b) || b.form === 'never') return a;
  if (a.form === 'never') return b;
  if (isIntegral(a) && isIntegral(b)) return INTEGER;
  if (isNumeric(a) && isNumeric(b)) return NUMBER;
  if (a.form === 'function' && b.form === 'function') return joinFunctions(a, b);
  if (a.form === 'record' && b.form === 'record' && a.items.length === b.items.length) {
    return record(...a.items.map((item, k) => join(item, b.items[k])));
  }
  const shapes = [shapeOf(a), shapeOf(b)];
  if (a.form === 'any' || b.form === 'any' || shapes.includes(null)) return ANY;
  const shape = shapes[0] === shapes[1] ? (shapes[0] as Shape) : 'container';
  return containerOf(shape, join(elementOf(a) as Type, elementOf(b) as Type));
}

function joinFunctions(a: FunctionType, b: FunctionType): Type {
  if (a.arity !== b.arity) return ANY;
  const { arity } = a;
  const unknown = a.callables.length === 0 || b.callables.length === 0;
  const others = b.callables.filter((one) => !a.callables.some((other) => sameCallable(one, other)));
  const callables = [...a.callables, ...others];
  return {
    form: 'function',
    arity,
    callables: unknown || callables.length > MOST_CALLABLES ? [] : callables,
  };
}

/** An integer, or a pair of integers. */
export function isNumeric(type: Type): boolean {
  return type.form === 'number' || isIntegral(type) || isPair(type);
}

/** Certainly a pair of integers. */
export function isPair(type: Type): boolean {
  return type.form === 'record' && type.items.length === 2 && type.items.every(isIntegral);
}

/** Possibly a pair of integers. */
export function mayBePair(type: Type): boolean {
  if (type.form === 'record') return type.items.length === 2 && type.items.every(mayBeInteger);
  return type.form === 'any' || type.form === 'never' || type.form === 'number';
}

export function mayBeInteger(type: Type): boolean {
  return isIntegral(type) || type.form === 'any' || type.form === 'never' || type.form === 'number';
}

/** Possibly a cell `(color, (i, j))`. */
export function mayBeCell(type: Type): boolean {
  if (type.form !== 'record') return type.form === 'any' || type.form === 'never';
  return type.items.length === 2 && mayBeInteger(type.items[0]) && mayBePair(type.items[1]);
}

/** Possibly a cell of the dialect, `(i, j, color)`. */
export function mayBeTriple(type: Type): boolean {
  if (type.form !== 'record') return type.form === 'any' || type.form === 'never';
  return type.items.length === 3 && type.items.every(mayBeInteger);
}

/** Whether a value of one type can equal a value of the other. */
export function mayBeEqual(a: Type, b: Type): boolean {
  if (a.form === 'any' || b.form === 'any') return true;
  if (isIntegral(a) || isIntegral(b)) return mayBeInteger(a) && mayBeInteger(b);
  if (a.form === 'none' || b.form === 'none' || a.form === 'function' || b.form === 'function')
    return a.form === b.form;
  if (a.form === 'record' && b.form === 'record') {
    return a.items.length === b.items.length && a.items.every((item, k) => mayBeEqual(item, b.items[k]));
  }
  const [one, other] = [shapeOf(a), shapeOf(b)];
  if (one === null || other === null) return true;
  if (one !== other && one !== 'container' && other !== 'container') return false;
  return elementsOf(a).every((item) => elementsOf(b).every((another) => mayBeEqual(item, another)));
}

/** The same text for the same type, and for no other. */
export function keyOf(type: Type): string {
  if (type.form === 'record') return `(${type.items.map(keyOf).join(' ')})`;
  if ('element' in type) return `${type.form}<${keyOf(type.element)}>`;
  if (type.form !== 'function') return type.form;
  const callables = type.callables.map(
    ({ primitive, fixed }) => `${primitive}${fixed === null ? '' : `[${fixed.map(keyOf).join(' ')}]`}`,
  );
  return `${type.arity}{${callables.join('|')}}`;
}
