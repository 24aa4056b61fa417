/* Infers with weights that are linked in, and prints the bits of the logits of some images. */
#include <string.h>

#include "board.h"
#include "resnet8_mcu.h"

enum { IMAGES = 4 };

static _Alignas(RESNET8_MCU_ALIGNMENT) unsigned char arena[RESNET8_MCU_ARENA_BYTES];

int work(void)
{
    struct resnet8_mcu *network = resnet8_mcu_init(arena, NULL);
    float logits[RESNET8_MCU_CLASSES];
    uint32_t bits;

    if (resnet8_mcu_attach(network, resnet8_mcu_weights, RESNET8_MCU_WEIGHTS_BYTES) !=
        RESNET8_MCU_OK)
        return 1;
    for (int i = 0; i < IMAGES; i++) {
        if (resnet8_mcu_predict(network, records + i * RECORD_BYTES + 1, 1, logits) !=
            RESNET8_MCU_OK)
            return 1;
        for (int c = 0; c < RESNET8_MCU_CLASSES; c++) {
            memcpy(&bits, &logits[c], sizeof bits);
            say_number("logit", bits, 1);
        }
    }
    return 0;
}
