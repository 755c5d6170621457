/** In place of a node: its error has been reported, and what is built from it is to be silent. */
export const POISON = -1;
