// A network called from C++, by its header alone.
#include "resnet8_tiny.h"

#include <cmath>
#include <cstdio>

alignas(RESNET8_TINY_ALIGNMENT) static unsigned char memory[RESNET8_TINY_BYTES];
static const int image_bytes = RESNET8_TINY_CHANNELS * RESNET8_TINY_HEIGHT * RESNET8_TINY_WIDTH;
static unsigned char image[image_bytes];
static float target[RESNET8_TINY_CLASSES] = {1};

int main()
{
    resnet8_tiny_result result;
    resnet8_tiny *const network = resnet8_tiny_open(memory, nullptr);
    if (!network || resnet8_tiny_open(memory + 1, nullptr) || resnet8_tiny_open(nullptr, nullptr))
        return 1;
    result = resnet8_tiny_evaluate(network, image, target, 1);
    std::printf("castnet %d.%d.%d: loss %g\n", RESNET8_TINY_VERSION_MAJOR, RESNET8_TINY_VERSION_MINOR,
                RESNET8_TINY_VERSION_PATCH, result.loss);
    // All weights are 0, so all classes are equally likely.
    return std::fabs(result.loss - std::log(10.0)) > 1e-6;
}
