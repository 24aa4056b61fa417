/* Made by castnet 0.1.0 from resnet8_tiny.lua --as inference --target portable --batch 1.
 * This file belongs to whoever made it. */
#ifndef CASTNET_MEMORY_H
#define CASTNET_MEMORY_H

#include "base.h"

/* All that the network has in memory: this at the front of RESNET8_TINY_BYTES bytes, and what it
 * points to behind it;
 * plan.txt says what lies where and when. */
struct resnet8_tiny {
    /* how units of work are run */
    struct resnet8_tiny_host host;
    /* those attached, which are only read; NULL: none yet */
    const void *weights;
    /* what the program now running was called with */
    const uint8_t *images;

    float (*conv1_weight)[1][27][8];
    float (*layer1_0_conv1_weight)[1][72][8];
    float (*layer1_0_conv2_weight)[1][72][8];
    float (*layer2_0_downsample_0_weight)[2][8][8];
    float (*layer2_0_conv1_weight)[2][72][8];
    float (*layer2_0_conv2_weight)[2][144][8];
    float (*layer3_0_downsample_0_weight)[4][16][8];
    float (*layer3_0_conv1_weight)[4][144][8];
    float (*layer3_0_conv2_weight)[4][288][8];
    float (*fc_weight)[2][32][8];
    float *fc_bias;
    float (*image)[32][BATCH][3];
    float (*relu)[32][BATCH][8];
    float (*layer1_0_relu1)[32][BATCH][8];
    float (*layer1_0)[32][BATCH][8];
    float (*layer2_0_downsample_1)[16][BATCH][16];
    float (*layer2_0_relu1)[16][BATCH][16];
    float (*layer2_0)[16][BATCH][16];
    float (*layer3_0_downsample_1)[8][BATCH][32];
    float (*layer3_0_relu1)[8][BATCH][32];
    float (*layer3_0)[8][BATCH][32];
    float (*mean)[1][BATCH][32];
    float (*fc)[1][BATCH][10];
    float *conv1_bias;
    float *layer1_0_conv1_bias;
    float *layer1_0_conv2_bias;
    float *layer2_0_downsample_0_bias;
    float *layer2_0_conv1_bias;
    float *layer2_0_conv2_bias;
    float *layer3_0_downsample_0_bias;
    float *layer3_0_conv1_bias;
    float *layer3_0_conv2_bias;
};

static inline void *place(void *memory, size_t bytes) { return (char *)memory + bytes; }

#endif
