/** Roles of parameters: the meaning of their integers and pairs, finer than the table's kinds. */
import { everyPrimitive } from '../../dsl/dialects.js';

export type Role =
  /** A colour to look for. */
  | 'color-read'
  /** A colour to paint. */
  | 'color-written'
  /** A number of repetitions or parts, or the size of a step: at least 1. */
  | 'amount'
  /** Height and width. */
  | 'dimensions'
  /** A displacement. */
  | 'direction'
  /** An index, from the front or from the back. */
  | 'rank'
  /** One of a few numbered variants. */
  | 'choice'
  /** A position. */
  | 'position';

/** By role: the parameters with it. */
const PARAMETERS: Readonly<Record<Role, string>> = {
  'color-read':
    'replace.replacee switch.a switch.b colorfilter.value colorcount.value ofcolor.value ' +
    'colorfilter.color colorfilter_t.color colorcount_t.color colorcount_f.color f_ofcolor.color',
  'color-written':
    'fill.value underfill.value canvas.value replace.replacer cellwise.fallback recolor.value ' +
    'fill.color underfill.color canvas.color recolor_i.color recolor_o.color ascell.c',
  amount:
    'hsplit.n vsplit.n hupscale.factor vupscale.factor upscale.factor downscale.factor repeat.num power.n ' +
    'sizefilter.n interval.step divide.b upscale_t.factor upscale_f.factor sizefilter_t.n',
  dimensions: 'canvas.dimensions crop.dims',
  direction: 'shift.directions move.offset shoot.direction',
  rank:
    'get_nth_t.rank get_nth_f.rank get_nth_by_key_t.rank get_nth_by_key_f.rank get_rank.rank get_arg_rank.rank ' +
    'get_arg_rank_t.rank get_arg_rank_f.rank get_val_rank.rank get_val_rank_t.rank get_val_rank_f.rank ' +
    'get_common_rank.rank get_common_rank_t.rank get_common_rank_f.rank get_color_rank_t.rank get_color_rank_f.rank',
  choice: 'o_g.type o_g_t.type o_g_tuple.type mir_rot_t.type mir_rot_f.type corner.type col_row.type',
  position:
    'crop.start index.loc dneighbors.loc ineighbors.loc neighbors.loc connect.a connect.b shoot.start ' +
    'vfrontier.location hfrontier.location',
};

/** By primitive and parameter. */
const ROLES: readonly (readonly (Role | null)[])[] = rolesOfParameters();

function rolesOfParameters(): (Role | null)[][] {
  const roles = new Map<string, Role>();
  for (const [role, names] of Object.entries(PARAMETERS)) {
    for (const name of names.split(' ')) roles.set(name, role as Role);
  }
  return everyPrimitive.map(({ name, parameters }) =>
    parameters.map((parameter) => roles.get(`${name}.${parameter.name}`) ?? null),
  );
}

export function roleOfParameter(primitive: number, parameter: number): Role | null {
  return ROLES[primitive][parameter] ?? null;
}
