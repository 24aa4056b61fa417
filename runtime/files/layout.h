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

/* kh*kw of a tensor with taps. */
int layout_taps(const struct model_tensor *tensor);

/* Offset of value [out][in][tap] of a tensor with taps. *is_dead says into which array. */
size_t layout_conv_offset(const struct model_tensor *tensor, int out, int in, int tap,
                          int *is_dead);

/* torch[count] := the values kept in live and dead (both in the layout of the tensor), in PyTorch's
 * order. dead may be NULL: then dead taps read 0. */
void layout_export(const struct model_tensor *tensor, const float *live, const float *dead,
                   float *torch);

/* The tensor's value and dead := torch[count]. */
void layout_import(const struct model_tensor *tensor, const float *torch);

#endif
