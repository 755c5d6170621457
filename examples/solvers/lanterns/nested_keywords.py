# lanterns: the inside of every block lights up in colour 4. One expression with keyword arguments.
# Written by make-lanterns.mjs.


def nested_keywords_01(I):
    return fill(patch=mapply(container=objects(without_bg=T, diagonal=F, univalued=T, grid=I), function=fork(b=box, a=backdrop, outer=difference)), value=FOUR, grid=I)
