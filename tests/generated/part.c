/* One network's part of a program that has several: PART(turn) goes on from PART(turn - 1) and
 * prints what comes out to the last bit. PART and what it is called are the command line's. */
#include "drive.h"

#include <stdio.h>

enum { TURNS = 5 };

int PART(int turn);

static void report(struct model_result result)
{
    printf("loss %a, %d correct, logit %a\n", result.loss, result.correct,
           (double)MODEL(logits)(context)[0]);
}

/* Whether there is another turn. */
int PART(int turn)
{
    printf("= %s\n", MODEL_OPTIONS);
    switch (turn) {
    case 0:
        if (context_open(NULL)) {
            return 0;
        }
        drive_start();
        break;
    case 1:
        report(drive_step(MODEL_BATCH));
        break;
    case 2:
        report(drive_evaluate(MODEL_BATCH / 2));
        break;
    case 3:
        report(drive_step(MODEL_BATCH - 1));
        break;
    default:
        drive_print();
    }
    return turn + 1 < TURNS;
}
