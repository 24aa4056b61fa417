/* Weight files of a made-up model: what is written, what is read back, what is refused. */
#define _POSIX_C_SOURCE 200809L

#include <criterion/criterion.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files/layout.h"
#include "files/weights.h"
#include "weights_model.h"

static char folder[] = "/tmp/castnet-weights-XXXXXX";
static char path[64];

static void make_folder(void)
{
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/w.safetensors", folder);
}

static void remove_folder(void)
{
    unlink(path);
    cr_expect_eq(rmdir(folder), 0, "something was left in %s", folder);
}

TestSuite(weights, .init = make_folder, .fini = remove_folder);

/* Where PyTorch's value [out][in][tap] of conv.weight lives, spelt out: [tap][group][in][out of the
 * group], two outputs a group. */
static float *conv_at(float *live, float *dead, int out, int in, int tap)
{
    int place = table[CONV].taps[tap], group = out / 2;
    float *array = place < 0 ? dead : live;

    if (place < 0)
        place = ~place;
    return &array[((place * 2 + group) * CONV_IN + in) * 2 + out % 2];
}

/* PyTorch's value [out][in][tap] of conv.weight is out + in/10 + tap/100. */
static float conv_expected(int out, int in, int tap)
{
    return (float)out + 0.1f * (float)in + 0.01f * (float)tap;
}

static void fill(void)
{
    for (int out = 0; out < CONV_OUT; out++)
        for (int in = 0; in < CONV_IN; in++)
            for (int tap = 0; tap < CONV_TAPS; tap++)
                *conv_at(conv_value, conv_dead, out, in, tap) = conv_expected(out, in, tap);
    for (int i = 0; i < 4; i++) {
        bn_weight[i] = 1 + (float)i;
        bn_mean[i] = -(float)i;
    }
    bn_count = 391;
    for (int i = 0; i < 60; i++)
        fc_weight[i] = (float)i / 64;
    for (int i = 0; i < 10; i++)
        fc_bias[i] = 100 + (float)i;
}

static void set_all(float value)
{
    for (int i = 0; i < CONV_VALUES; i++)
        conv_value[i] = value;
    for (int i = 0; i < DEAD; i++)
        conv_dead[i] = value;
    for (int i = 0; i < 4; i++)
        bn_weight[i] = bn_mean[i] = value;
    for (int i = 0; i < 60; i++)
        fc_weight[i] = value;
    for (int i = 0; i < 10; i++)
        fc_bias[i] = value;
    bn_count = 77;
}

static void expect_body(void)
{
    for (int out = 0; out < CONV_OUT; out++)
        for (int in = 0; in < CONV_IN; in++)
            for (int tap = 0; tap < CONV_TAPS; tap++)
                cr_expect_eq(*conv_at(conv_value, conv_dead, out, in, tap),
                             conv_expected(out, in, tap), "conv.weight [%d][%d][%d]", out, in, tap);
    for (int i = 0; i < 4; i++) {
        cr_expect_eq(bn_weight[i], 1 + (float)i);
        cr_expect_eq(bn_mean[i], -(float)i);
    }
}

static void expect_head(void)
{
    for (int i = 0; i < 60; i++)
        cr_expect_eq(fc_weight[i], (float)i / 64);
    for (int i = 0; i < 10; i++)
        cr_expect_eq(fc_bias[i], 100 + (float)i);
}

static void expect_untouched(float value)
{
    for (int i = 0; i < LIVE; i++)
        cr_expect_eq(conv_value[i], value);
    for (int i = 0; i < 60; i++)
        cr_expect_eq(fc_weight[i], value);
    cr_expect_eq(bn_count, 77);
}

static void save(void)
{
    struct error error;

    fill();
    cr_assert_eq(weights_save(path, &error), 0, "%s", error.text);
}

/* The bytes of the file, to be freed; *header_bytes is the length of its JSON. */
static unsigned char *read_all(size_t *bytes, size_t *header_bytes)
{
    FILE *file = fopen(path, "rb");
    unsigned char *data = malloc(100000);

    cr_assert(file && data);
    *bytes = fread(data, 1, 100000, file);
    fclose(file);
    *header_bytes = data[0] + 256u * data[1];
    return data;
}

static void write_all(const void *data, size_t bytes)
{
    FILE *file = fopen(path, "wb");

    cr_assert_not_null(file);
    cr_assert_eq(fwrite(data, 1, bytes, file), bytes);
    cr_assert_eq(fclose(file), 0);
}

/* A file with this header, then as many bytes of data; each 4 bytes hold 2.0f. */
static void write_file(const char *header, size_t data_bytes)
{
    size_t length = strlen(header);
    unsigned char *data = calloc(1, 8 + length + data_bytes);
    const float two = 2;

    cr_assert_not_null(data);
    data[0] = (unsigned char)(length & 255);
    data[1] = (unsigned char)(length >> 8);
    memcpy(data + 8, header, length);
    for (size_t i = 0; i + 4 <= data_bytes; i += 4)
        memcpy(data + 8 + length + i, &two, 4);
    write_all(data, 8 + length + data_bytes);
    free(data);
}

#define FLOATS(name, shape, offsets)                                                               \
    "\"" name "\":{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":" offsets "}"
#define COUNT                                                                                      \
    ",\"bn.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[600,608]}"
#define CONV_ENTRY FLOATS("conv.weight", "[4,2,3,3]", "[0,288]")
#define BN_ENTRIES                                                                                 \
    FLOATS("bn.weight", "[4]", "[288,304]") "," FLOATS("bn.running_mean", "[4]", "[304,320]")
#define FC_ENTRIES                                                                                 \
    FLOATS("fc.weight", "[10,6]", "[320,560]") "," FLOATS("fc.bias", "[10]", "[560,600]")

static int load_start(const char *name, struct error *error)
{
    struct transfer transfer;
    int result = weights_load(name, &transfer, error);

    transfer_free(&transfer);
    return result;
}

static void refuse_by(int (*load)(const char *, struct error *), const char *header,
                      size_t data_bytes, const char *why)
{
    struct error error = {""};

    write_file(header, data_bytes);
    set_all(-9);
    cr_expect_eq(load(path, &error), -1, "accepted %s", header);
    cr_expect(strstr(error.text, why) && strstr(error.text, path), "got '%s', wanted '%s'",
              error.text, why);
    expect_untouched(-9);
}

static void refuse(const char *header, size_t data_bytes, const char *why)
{
    refuse_by(load_start, header, data_bytes, why);
    refuse_by(weights_load_exact, header, data_bytes, why);
}

static void refuse_exactly(const char *header, size_t data_bytes, const char *why)
{
    refuse_by(weights_load_exact, header, data_bytes, why);
}

Test(weights, come_back_as_they_were_saved)
{
    struct error error;

    save();
    set_all(-9);
    cr_assert_eq(weights_load_exact(path, &error), 0, "%s", error.text);
    expect_body();
    expect_head();
    cr_expect_eq(bn_count, 391);
}

Test(weights, are_settled_before_they_are_saved)
{
    save();
    cr_expect_eq(settled, 1);
}

Test(weights, have_the_order_and_alignment_of_pytorch)
{
    size_t bytes, header_bytes;
    unsigned char *data;
    float values[CONV_VALUES], *value = values;
    int64_t count;

    save();
    data = read_all(&bytes, &header_bytes);
    cr_assert_eq(bytes, 8 + header_bytes + 608);
    cr_expect_eq(header_bytes % 8, 0);
    cr_expect_eq(data[8], '{');
    memcpy(&count, data + 8 + header_bytes, 8);
    cr_expect_eq(count, 391);
    memcpy(values, data + 16 + header_bytes, sizeof values);
    for (int out = 0; out < CONV_OUT; out++)
        for (int in = 0; in < CONV_IN; in++)
            for (int tap = 0; tap < CONV_TAPS; tap++)
                cr_expect_eq(*value++, conv_expected(out, in, tap));
    free(data);
}

/* The end looks at what is left: nothing beside the file. */
Test(weights, replace_an_older_file_whole)
{
    save();
    save();
}

/* As on a full disk: files of this process cannot grow further. */
static void limit_file_size(rlim_t bytes)
{
    const struct rlimit limit = {bytes, RLIM_INFINITY};

    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

Test(weights, leave_the_older_file_when_writing_fails)
{
    struct error error = {""};
    size_t bytes, header_bytes;

    save();
    limit_file_size(100);
    cr_expect_eq(weights_save(path, &error), -1);
    cr_expect(strstr(error.text, "cannot write: File too large") != NULL, "%s", error.text);
    limit_file_size(RLIM_INFINITY);
    free(read_all(&bytes, &header_bytes));
    cr_expect_eq(bytes, 8 + header_bytes + 608);
}

Test(weights, do_not_replace_a_device_or_folder)
{
    struct error error;

    cr_expect_eq(weights_save("/dev/null", &error), -1);
    cr_expect(strstr(error.text, "not a regular file") != NULL, "%s", error.text);
    cr_expect_eq(weights_save(folder, &error), -1);
    cr_expect_eq(load_start("/dev/null", &error), -1);
    cr_expect_eq(load_start(folder, &error), -1);
}

Test(weights, missing_file_is_named)
{
    struct error error = {""};

    cr_expect_eq(load_start(path, &error), -1);
    cr_expect(strstr(error.text, path) && strstr(error.text, "No such file"), "%s", error.text);
}

Test(weights, gradients_have_zeros_for_dead_taps)
{
    struct error error;
    size_t bytes, header_bytes;
    unsigned char *data;
    float values[CONV_VALUES], *value = values;

    for (int i = 0; i < CONV_VALUES; i++)
        conv_gradient[i] = 1 + (float)i;
    for (int i = 0; i < DEAD; i++)
        conv_dead[i] = 5;
    cr_assert_eq(weights_dump_gradients(path, &error), 0, "%s", error.text);
    data = read_all(&bytes, &header_bytes);
    data[8 + header_bytes - 1] = '\0';
    cr_expect(strstr((char *)data + 8, "\"bn.weight\"") != NULL);
    cr_expect_null(strstr((char *)data + 8, "running_mean"));
    cr_expect_null(strstr((char *)data + 8, "num_batches"));
    cr_assert_eq(bytes, 8 + header_bytes + 4 * (CONV_VALUES + 4 + 60 + 10));
    memcpy(values, data + 8 + header_bytes, sizeof values);
    for (int out = 0; out < CONV_OUT; out++)
        for (int in = 0; in < CONV_IN; in++)
            for (int tap = 0; tap < CONV_TAPS; tap++, value++)
                cr_expect_eq(*value, corners_dead[tap] < 0
                                         ? 0
                                         : *conv_at(conv_gradient, NULL, out, in, tap));
    free(data);
}

Test(weights, may_lack_num_batches_tracked)
{
    struct error error;

    write_file("{" CONV_ENTRY "," BN_ENTRIES "," FC_ENTRIES "}", 600);
    bn_count = 77;
    cr_assert_eq(weights_load_exact(path, &error), 0, "%s", error.text);
    cr_expect_eq(bn_count, 0);
    cr_expect_eq(conv_dead[0], 2);
    cr_expect_eq(fc_bias[9], 2);
}

#define OTHER_FC FLOATS("fc.weight", "[2,6]", "[320,368]") "," FLOATS("fc.bias", "[2]", "[368,376]")

Test(weights, of_another_number_of_classes_keep_the_new_head)
{
    struct error error = {""};
    struct transfer transfer;

    refuse_exactly("{" CONV_ENTRY "," BN_ENTRIES "," OTHER_FC "}", 376,
                   "fc.weight has shape [2,6], mock needs [10,6]");
    cr_expect_eq(weights_load(path, &transfer, &error), 0, "%s", error.text);
    cr_expect_eq(transfer.other_classes, 2);
    cr_expect_eq(transfer.fates[CONV], TRANSFER_TAKEN);
    cr_expect_eq(transfer.fates[BN_COUNT], TRANSFER_ZEROED);
    cr_expect_eq(transfer.fates[FC_WEIGHT], TRANSFER_AFRESH);
    cr_expect_eq(transfer.fates[FC_BIAS], TRANSFER_AFRESH);
    cr_expect_eq(transfer.ignored_count, 0);
    transfer_free(&transfer);
    cr_expect_eq(conv_value[0], 2);
    for (int i = 0; i < 60; i++)
        cr_expect_eq(fc_weight[i], -9);
    for (int i = 0; i < 10; i++)
        cr_expect_eq(fc_bias[i], -9);
}

#define EXTRA "\"x.y\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[304,312]}"

Test(weights, that_match_in_part_are_a_start)
{
    static const char header[] =
        "{" CONV_ENTRY "," FLOATS("bn.weight", "[4]", "[288,304]") "," EXTRA "}";
    struct error error = {""};
    struct transfer transfer;

    refuse_exactly(header, 312, "tensor x.y is not one of mock");
    cr_assert_eq(weights_load(path, &transfer, &error), 0, "%s", error.text);
    cr_expect_eq(transfer_count(&transfer, TRANSFER_TAKEN), 2);
    cr_expect_eq(transfer_count(&transfer, TRANSFER_AFRESH), 3);
    cr_expect_eq(transfer_count(&transfer, TRANSFER_ZEROED), 1);
    cr_expect_eq(transfer.fates[BN_WEIGHT], TRANSFER_TAKEN);
    cr_expect_eq(transfer.fates[BN_MEAN], TRANSFER_AFRESH);
    cr_expect_eq(transfer.other_classes, 0);
    cr_assert_eq(transfer.ignored_count, 1);
    cr_expect_str_eq(transfer.ignored[0], "x.y");
    transfer_free(&transfer);
    cr_expect_eq(bn_weight[3], 2);
    cr_expect_eq(bn_mean[0], -9);
    cr_expect_eq(fc_bias[0], -9);
    cr_expect_eq(bn_count, 0);
}

/* PREFIX(p) names the model's tensors behind p; PART a part of them, 312 bytes. */
#define PREFIX(p)                                                                                  \
    FLOATS(p "conv.weight", "[4,2,3,3]", "[0,288]") "," FLOATS(p "bn.weight", "[4]", "[288,304]")
#define ALONE(name, at, end)                                                                       \
    "\"" name "\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[" at "," end "]}"

static void expect_prefix(const char *header, size_t data_bytes, const char *prefix, int taken,
                          int ignored)
{
    struct error error = {""};
    struct transfer transfer;

    set_all(-9);
    write_file(header, data_bytes);
    cr_assert_eq(weights_load(path, &transfer, &error), 0, "%s", error.text);
    cr_expect_str_eq(transfer.prefix, prefix);
    cr_expect_eq(transfer_count(&transfer, TRANSFER_TAKEN), taken, "%s", header);
    cr_expect_eq(transfer.ignored_count, ignored, "%s", header);
    cr_expect_eq(conv_value[0], 2);
    transfer_free(&transfer);
}

Test(weights, behind_the_prefixes_of_wrappers_are_found)
{
    expect_prefix("{" PREFIX("") "}", 304, "", 2, 0);
    expect_prefix("{" PREFIX("module.") "}", 304, "module.", 2, 0);
    expect_prefix("{" PREFIX("_orig_mod.") "}", 304, "_orig_mod.", 2, 0);
    expect_prefix("{" PREFIX("model.") "}", 304, "model.", 2, 0);
    expect_prefix("{" PREFIX("backbone.") "}", 304, "backbone.", 2, 0);
    expect_prefix("{" PREFIX("module._orig_mod.model.") "}", 304, "module._orig_mod.model.", 2, 0);
    expect_prefix("{" PREFIX("module.") "," ALONE("n_averaged", "304", "312") "}", 312, "module.",
                  2, 1);
    /* as many with it as without: it stays */
    expect_prefix("{" FLOATS("conv.weight", "[4,2,3,3]",
                             "[0,288]") "," FLOATS("model.bn.weight", "[4]", "[288,304]") "}",
                  304, "", 1, 1);
    /* an averaged copy beside the network */
    expect_prefix("{" PREFIX("") "," FLOATS("module.bn.weight", "[4]", "[304,320]") "}", 320, "", 2,
                  1);
}

Test(weights, of_an_averaged_model_can_be_judged)
{
#define AVERAGED                                                                                   \
    PREFIX("module.")                                                                              \
    "," FLOATS("module.bn.running_mean", "[4]", "[304,320]") "," FLOATS(                           \
        "module.fc.weight", "[10,6]", "[320,560]") "," FLOATS("module.fc.bias", "[10]",            \
                                                              "[560,600]")
    struct error error = {""};

    write_file("{" AVERAGED "," ALONE("n_averaged", "600", "608") "}", 608);
    cr_expect_eq(weights_load_exact(path, &error), 0, "%s", error.text);
    cr_expect_eq(fc_bias[9], 2);
    refuse_exactly("{" AVERAGED "," FLOATS("n_averaged", "[2]", "[600,608]") "}", 608,
                   "tensor n_averaged is not one of mock");
}

/* 4 values of another type in place of bn.weight: 1, -0, the smallest, infinity. */
static void expect_floats(const char *dtype, const void *values, size_t bytes, float smallest)
{
    char header[200];
    struct error error = {""};
    struct transfer transfer;
    FILE *file;

    snprintf(header, sizeof header,
             "{\"bn.weight\":{\"dtype\":\"%s\",\"shape\":[4],\"data_offsets\":[0,%zu]}}", dtype,
             bytes);
    write_file(header, bytes);
    file = fopen(path, "r+b");
    cr_assert(file && fseek(file, -(long)bytes, SEEK_END) == 0);
    cr_assert_eq(fwrite(values, 1, bytes, file), bytes);
    fclose(file);
    cr_assert_eq(weights_load(path, &transfer, &error), 0, "%s", error.text);
    transfer_free(&transfer);
    cr_expect_eq(bn_weight[0], 1);
    cr_expect(bn_weight[1] == 0 && signbit(bn_weight[1]), "%s", dtype);
    cr_expect_eq(bn_weight[2], smallest, "%s: %a", dtype, (double)bn_weight[2]);
    cr_expect_eq(bn_weight[3], INFINITY);
}

Test(weights, of_other_floats_become_float32)
{
    static const uint16_t halves[] = {0x3c00, 0x8000, 1, 0x7c00};
    static const uint16_t brains[] = {0x3f80, 0x8000, 1, 0x7f80};
    static const double doubles[] = {1 + 0x1p-25, -0.0, 0x1p-149, 1e300};
    static const float singles[] = {1, -0.0f, 0x1p-149f, INFINITY};

    expect_floats("F16", halves, sizeof halves, 0x1p-24f);
    expect_floats("BF16", brains, sizeof brains, 0x1p-133f);
    expect_floats("F64", doubles, sizeof doubles, 0x1p-149f);
    expect_floats("F32", singles, sizeof singles, 0x1p-149f);
}

Test(weights, have_counters_of_any_type_of_numbers)
{
    static const struct {
        const char *dtype;
        uint64_t bits;
        int bytes;
        int64_t count;
    } cases[] = {{"F16", 0x53e0, 2, 63},
                 {"F16", 0x7c00, 2, 0},
                 {"F16", 0x7e00, 2, 0},
                 {"BF16", 0x4380, 2, 256},
                 {"F32", 0xc039999a, 4, -2},
                 {"F64", 0x4340000000000000, 8, INT64_C(1) << 53},
                 {"F64", 0x7e37e43c8800759c, 8, 0},
                 {"I32", 0xfffffff9, 4, -7},
                 {"I16", 300, 2, 300},
                 {"I8", 0xff, 1, -1},
                 {"U8", 0xff, 1, 255},
                 {"U64", UINT64_MAX, 8, 0},
                 {"I64", UINT64_MAX, 8, -1},
                 {"I64", UINT64_C(1) << 63, 8, INT64_MIN}};
    struct error error = {""};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char header[1000];
        FILE *file;

        snprintf(header, sizeof header,
                 "{" CONV_ENTRY "," BN_ENTRIES "," FC_ENTRIES ",\"bn.num_batches_tracked\":"
                 "{\"dtype\":\"%s\",\"shape\":[],\"data_offsets\":[600,%d]}}",
                 cases[i].dtype, 600 + cases[i].bytes);
        write_file(header, (size_t)(600 + cases[i].bytes));
        file = fopen(path, "r+b");
        cr_assert(file && fseek(file, -cases[i].bytes, SEEK_END) == 0);
        for (int byte = 0; byte < cases[i].bytes; byte++)
            fputc((int)(cases[i].bits >> 8 * byte & 255), file);
        fclose(file);
        bn_count = 77;
        cr_assert_eq(load_start(path, &error), 0, "%s", error.text);
        cr_expect_eq(bn_count, cases[i].count, "%s: %lld", cases[i].dtype, (long long)bn_count);
    }
}

Test(weights, that_share_nothing_are_refused)
{
    refuse_by(load_start, "{}", 0, "shares no tensor with mock: it has no other name");
    refuse_by(load_start, "{" FLOATS("head.conv.weight", "[4,2,3,3]", "[0,288]") "}", 288,
              "shares no tensor with mock: it has head.conv.weight, the model conv.weight");
    /* neither a counter nor a head of other classes is a start */
    refuse_by(load_start,
              "{\"bn.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],"
              "\"data_offsets\":[0,8]}}",
              8, "shares no tensor");
    refuse_by(
        load_start,
        "{" FLOATS("fc.weight", "[2,6]", "[0,48]") "," FLOATS("fc.bias", "[2]", "[48,56]") "}", 56,
        "shares no tensor");
}

Test(weights, of_pytorch_get_the_command_that_converts_them)
{
    static const char *const starts[] = {"PK\3\4\0\0\x08\x08\0\0",
                                         "\x80\2\x8a\nl\xfc\x9c\x46\xf9 "};
    struct error error = {""};

    for (int i = 0; i < 2; i++) {
        write_all(starts[i], 10);
        cr_expect_eq(load_start(path, &error), -1);
        cr_expect(strstr(error.text, "gen/castnet convert") && strstr(error.text, path), "%s",
                  error.text);
    }
}

Test(weights, of_another_model_are_refused)
{
    refuse_exactly("{" CONV_ENTRY "," BN_ENTRIES "}", 320, "fc.weight of mock is missing");
    refuse_exactly("{}", 0, "conv.weight of mock is missing");
    refuse_exactly("{" CONV_ENTRY "," BN_ENTRIES "," FC_ENTRIES ",\"x\":{\"dtype\":\"F64\","
                   "\"shape\":[],\"data_offsets\":[600,608]}}",
                   608, "tensor x is not one of mock");
    refuse("{" CONV_ENTRY "," BN_ENTRIES "," FLOATS("fc.weight", "[10,6]", "[320,560]") "," FLOATS(
               "fc.bias", "[2,5]", "[560,600]") "}",
           600, "fc.bias has shape [2,5], mock needs [10]");
    refuse("{" FLOATS("conv.weight", "[4,2,9]", "[0,288]") "," BN_ENTRIES "," FC_ENTRIES "}", 600,
           "conv.weight has shape [4,2,9], mock needs [4,2,3,3]");
    refuse("{" FLOATS("conv.weight", "[2,4,3,3]", "[0,288]") "," BN_ENTRIES "," FC_ENTRIES "}", 600,
           "conv.weight has shape [2,4,3,3]");
    /* a head with other inputs, and one whose bias disagrees with it, are no transfer */
    refuse("{" CONV_ENTRY "," BN_ENTRIES "," FLOATS("fc.weight", "[2,3]", "[320,344]") "," FLOATS(
               "fc.bias", "[2]", "[344,352]") "}",
           352, "fc.weight has shape [2,3]");
    refuse("{" CONV_ENTRY "," BN_ENTRIES "," FLOATS("fc.weight", "[2,6]", "[320,368]") "," FLOATS(
               "fc.bias", "[10]", "[368,408]") "}",
           408, "fc.weight has shape [2,6]");
}

Test(weights, of_another_dtype_are_refused)
{
    refuse("{\"conv.weight\":{\"dtype\":\"I16\",\"shape\":[4,2,3,3],\"data_offsets\":[0,144]}}",
           144, "conv.weight has dtype I16, mock needs F32, F16, BF16 or F64");
    refuse("{" CONV_ENTRY "," BN_ENTRIES "," FC_ENTRIES ",\"bn.num_batches_tracked\":"
           "{\"dtype\":\"BOOL\",\"shape\":[],\"data_offsets\":[600,601]}}",
           601, "bn.num_batches_tracked has dtype BOOL, mock needs an integer or a float");
}

Test(weights, of_hostile_files_are_refused)
{
    refuse("{" CONV_ENTRY "," CONV_ENTRY "}", 288, "given twice");
    refuse("{" CONV_ENTRY "," FLOATS("bn.weight", "[4]", "[280,296]") "}", 296, "overlapping");
    refuse("{" CONV_ENTRY "," BN_ENTRIES "," FC_ENTRIES COUNT "}", 607, "cut short");
    refuse("{" CONV_ENTRY "," BN_ENTRIES "," FC_ENTRIES COUNT "}", 609, "after the last tensor");
    refuse_exactly("{\"a\\u001b[2J\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}}", 2,
                   "tensor a?[2J is not one");
    refuse_by(load_start,
              "{\"a\\u001b[2J\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1,
              "it has a?[2J,");
    refuse("not json", 0, "expected '{'");
}

Test(weights, of_any_cut_file_are_refused)
{
    struct error error;
    size_t bytes, header_bytes;
    unsigned char *data;

    save();
    data = read_all(&bytes, &header_bytes);
    set_all(-9);
    for (size_t cut = 0; cut < bytes; cut++) {
        write_all(data, cut);
        cr_assert_eq(load_start(path, &error), -1, "accepted %zu of %zu bytes", cut, bytes);
    }
    expect_untouched(-9);
    free(data);
}

Test(weights, with_a_lying_header_length_are_refused)
{
    struct error error;
    size_t bytes, header_bytes;
    unsigned char *data;

    save();
    data = read_all(&bytes, &header_bytes);
    set_all(-9);
    for (int at = 0; at < 8; at++)
        for (int bit = 0; bit < 8; bit++) {
            data[at] ^= (unsigned char)(1 << bit);
            write_all(data, bytes);
            cr_assert_eq(load_start(path, &error), -1, "byte %d, bit %d", at, bit);
            data[at] ^= (unsigned char)(1 << bit);
        }
    expect_untouched(-9);
    free(data);
}

Test(layout, import_undoes_export)
{
    float torch[CONV_VALUES];

    fill();
    layout_export(&table[CONV], conv_value, conv_dead, torch);
    for (int i = 0; i < CONV_VALUES; i++)
        cr_expect_eq(torch[i], conv_expected(i / 18, i / 9 % 2, i % 9));
    set_all(0);
    layout_import(&table[CONV], torch);
    for (int out = 0; out < CONV_OUT; out++)
        for (int tap = 0; tap < CONV_TAPS; tap++)
            cr_expect_eq(*conv_at(conv_value, conv_dead, out, 1, tap), conv_expected(out, 1, tap));
    cr_expect_eq(layout_count(&table[BN_COUNT]), 1);
    cr_expect_eq(layout_count(&table[CONV]), CONV_VALUES);
}
