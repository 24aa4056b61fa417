/* Names of classes: any bytes as the file beside a data set. */
#include <stdlib.h>
#include <string.h>

#include "data/class_names.h"
#include "fuzz.h"
#include "utf8.h"

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const char plain[] = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";
    static const char wide[] =
        "\xEF\xBB\xBFL\xC3\xB6we\r\n\xE5\x90\x91\xE6\x97\xA5\n#1\na, b\n\"\n'\n\\\n%s\n"
        "\xF0\x9F\x8C\xBB\no\xCC\x88";

    (void)argc, (void)argv;
    fuzz_write("corpus/plain", (const uint8_t *)plain, sizeof plain - 1);
    fuzz_write("corpus/wide", (const uint8_t *)wide, sizeof wide - 1);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char names[MODEL_CLASSES][CLASS_NAME_BYTES];
    struct model_data set = MODEL(data);
    struct error error = {""};
    char shown[CLASS_NAME_BYTES + 3];
    bool named;

    set.names = NULL;
    set.names_file = "input";
    fuzz_write("input", data, size);
    if (class_names_read(names, &named, &set, ".", &error)) {
        fuzz_require(error.text[0] && !strchr(error.text, '\n'), "an error is one line");
        return 0;
    }
    fuzz_require(named, "what is read are names");
    for (int i = 0; i < MODEL_CLASSES; i++) {
        fuzz_require(names[i][0] && utf8_is_line(names[i]), "a name is a line of UTF-8");
        for (int columns = 1; columns < 9; columns++)
            fuzz_require(utf8_cut(shown, sizeof shown, names[i], columns) <= columns &&
                             utf8_is_line(shown),
                         "a cut name fits, and is one");
    }
    return 0;
}
