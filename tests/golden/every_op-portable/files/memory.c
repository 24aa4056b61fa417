/* Made by castnet 0.1.0 from every_op.lua --target portable --batch 2.
 * This file belongs to whoever made it. */
#include "memory.h"

struct step step;

ALIGNED float arena[14080];
