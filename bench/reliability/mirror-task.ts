/** A task whose solution mirrors every row. */
export const MIRROR_TASK = {
  train: [
    { input: [[1, 2]], output: [[2, 1]] },
    { input: [[0, 3, 4]], output: [[4, 3, 0]] },
  ],
  test: [
    {
      input: [
        [5, 0],
        [6, 7],
      ],
      output: [
        [0, 5],
        [7, 6],
      ],
    },
  ],
};
