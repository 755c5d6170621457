# The lower half is mirrored into the upper half.
def solve_f25ffba3(I):
    return vconcat(hmirror(bottomhalf(I)), bottomhalf(I))
