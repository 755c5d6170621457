import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Two cores: the end-to-end tests start processes of their own.
    maxWorkers: 2,
    testTimeout: 120_000,
  },
});
