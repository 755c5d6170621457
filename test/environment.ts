/** The environment of the tests, without variables for colours and CI, and without settings of battbuild. */
export function plainEnvironment(): Record<string, string | undefined> {
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...rest } = process.env;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('BATTBUILD_')));
}
