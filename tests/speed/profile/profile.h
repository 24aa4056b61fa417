//- profile.h: what the programs of calls tell of each.
@(header)
#ifndef CASTNET_PROFILE_H
#define CASTNET_PROFILE_H

/* Around the call of row `row` of the table in profile.c. */
void @(prefix)_profile_begin(void);
void @(prefix)_profile_end(int row);

#endif
