/** Replaces a node after a reported error. Nodes made from it cause no further messages. */
export const POISON = -1;
