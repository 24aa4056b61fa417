/* Steps of a generated model on made-up images, for programs that compare builds of one model. */
#ifndef GENERATED_DRIVE_H
#define GENERATED_DRIVE_H

#include "context.h"

/* First values as the table of tensors has it, always the same. */
void drive_start(void);

/* The next step, on n images, or an evaluation of the next n images. */
struct model_result drive_step(int n);
struct model_result drive_evaluate(int n);

/* Prints a checksum of each tensor, gradients too, one a line. */
void drive_print(void);

#endif
