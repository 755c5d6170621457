/** For completion: the options and arguments that accept only certain words. */
import type { CommandName } from '../commands.js';
import {
  DIALECTS,
  EXPLAINED_PHASES,
  GRAPH_FORMATS,
  GRAPH_LEVELS,
  RESULT_FORMATS,
  RESULT_ORDERS,
  SHELLS,
} from './option-words.js';

/** By command, and by option or argument. */
export const CHOICES: {
  readonly [Name in CommandName]?: Readonly<Record<string, readonly string[]>>;
} = {
  results: { '--format': RESULT_FORMATS, '--sort': RESULT_ORDERS },
  explain: { '--phase': EXPLAINED_PHASES },
  graph: { '--format': GRAPH_FORMATS, '--level': GRAPH_LEVELS },
  conformance: { '--dialect': DIALECTS },
  completion: { SHELL: SHELLS },
};
