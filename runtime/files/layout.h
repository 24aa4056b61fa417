/* layout.h - PyTorch's order of a tensor's values, whatever order the generated code keeps
 *
 * A tensor with taps has PyTorch's shape [out][in/groups][kh][kw]; its strides say where a value
 * lies. Taps that only ever meet padding are "dead" and stored apart, in the same form.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stddef.h>
#include <stdint.h>

#include "model.h"

/* Values of the tensor, dead ones included; 1 for rank 0. */
size_t layout_count(const struct model_tensor *tensor);

/* visit(place, state) for each value kept in live and dead (both in the layout of the tensor), in
 * PyTorch's order. dead may be NULL: then the place of a dead value is NULL. */
void layout_each(const struct model_tensor *tensor, float *live, float *dead,
                 void (*visit)(float *value, void *state), void *state);

/* torch[count] := those values; 0 where there is no place. */
void layout_export(const struct model_tensor *tensor, float *live, float *dead, float *torch);

/* The tensor's value and dead := torch[count]. */
void layout_import(const struct model_tensor *tensor, float *torch);

#endif
