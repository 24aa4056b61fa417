/* model.h - what runtime/platform/ asks of a model, for a program that has none */
#ifndef MODEL_H
#define MODEL_H

#define MODEL_NAME "import"
#define MODEL_BLAS 0

#endif
