/** The environment of the tests, without what it says of colours and CI, and without what battbuild would take from it. */
export function plainEnvironment(): Record<string, string | undefined> {
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...rest } = process.env;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('BATTBUILD_')));
}
