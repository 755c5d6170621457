/** What integers and pairs stand for as arguments of primitives: finer than the table's kinds. */
import { primitives } from '../../dsl/table.js';

export type Role =
  /** A colour that is looked for. */
  | 'color-read'
  /** A colour that is put somewhere. */
  | 'color-written'
  /** How many times or parts, or how far a step goes: at least 1. */
  | 'amount'
  /** Height and width. */
  | 'dimensions'
  /** Where something goes. */
  | 'direction'
  /** Where something is. */
  | 'position';

/** By role: the parameters with it. */
const PARAMETERS: Readonly<Record<Role, string>> = {
  'color-read': 'replace.replacee switch.a switch.b colorfilter.value colorcount.value ofcolor.value',
  'color-written': 'fill.value underfill.value canvas.value replace.replacer cellwise.fallback recolor.value',
  amount:
    'hsplit.n vsplit.n hupscale.factor vupscale.factor upscale.factor downscale.factor repeat.num power.n ' +
    'sizefilter.n interval.step divide.b',
  dimensions: 'canvas.dimensions crop.dims',
  direction: 'shift.directions move.offset shoot.direction',
  position:
    'crop.start index.loc dneighbors.loc ineighbors.loc neighbors.loc connect.a connect.b shoot.start ' +
    'vfrontier.location hfrontier.location',
};

/** Per primitive and parameter. */
const ROLES: readonly (readonly (Role | null)[])[] = rolesOfParameters();

function rolesOfParameters(): (Role | null)[][] {
  const roles = new Map<string, Role>();
  for (const [role, names] of Object.entries(PARAMETERS)) {
    for (const name of names.split(' ')) roles.set(name, role as Role);
  }
  return primitives.map(({ name, parameters }) =>
    parameters.map((parameter) => roles.get(`${name}.${parameter.name}`) ?? null),
  );
}

export function roleOfParameter(primitive: number, parameter: number): Role | null {
  return ROLES[primitive][parameter] ?? null;
}
