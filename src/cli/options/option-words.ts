/** The words of options and arguments that accept only certain words. */
import type { Level } from '../../build/graph/graph.js';

export const RESULT_FORMATS = ['text', 'json', 'jsonl'] as const;

/** `near`: the nearest misses first; `score`, `cost` and `candidates`: the highest first. */
export const RESULT_ORDERS = ['task', 'near', 'score', 'cost', 'candidates', 'bytes'] as const;

/** The phases whose steps, or whose files, are looked up. */
export const EXPLAINED_PHASES = ['load', 'inline', 'validate', 'score', 'publish'] as const;

export const GRAPH_FORMATS = ['text', 'dot', 'mermaid', 'json'] as const;

/** The levels of build/graph/graph.ts; a module that is not loaded only for these names. */
export const GRAPH_LEVELS = ['workspace', 'task', 'phase', 'step'] as const satisfies readonly Level[];

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The dialects of dsl/dialects.ts; a module that is not loaded only for these names. */
export const DIALECTS = ['arc-dsl', 'tokpidjin'] as const;
