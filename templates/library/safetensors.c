//- library/safetensors.c: reading a safetensors file that lies in memory, for load.c and library.c, whose tables `sources` says what is
//- wanted: name, rank and dims of SOURCES tensors, of which those count that IS_READ.
/* ---- the header of a safetensors file: JSON of one fixed form ---- */

struct reader {
    const unsigned char *text;
    size_t at, length;
};

static int skip_space(struct reader *r)
{
    while (r->at < r->length && (r->text[r->at] == ' ' || r->text[r->at] == '\n' || r->text[r->at] == '\r' || r->text[r->at] == '\t'))
        r->at++;
    return r->at < r->length;
}

/* Takes c if it is next. */
static int take(struct reader *r, unsigned char c)
{
    if (!skip_space(r) || r->text[r->at] != c)
        return 0;
    r->at++;
    return 1;
}

/* A string, as it stands between its quotes; names with escapes in them are no network's. */
struct piece {
    const unsigned char *text;
    size_t length;
};

static int take_string(struct reader *r, struct piece *string)
{
    if (!take(r, '"'))
        return 0;
    string->text = r->text + r->at;
    for (string->length = 0; r->at < r->length && r->text[r->at] != '"'; r->at++, string->length++) {
        if (r->text[r->at] < ' ')
            return 0;
        if (r->text[r->at] == '\\') {
            r->at++;
            string->length++;
        }
    }
    return take(r, '"');
}

static int is_text(struct piece string, const char *text)
{
    size_t i = 0;
    while (i < string.length && text[i] && string.text[i] == (unsigned char)text[i])
        i++;
    return i == string.length && !text[i];
}

static int take_number(struct reader *r, size_t *number)
{
    size_t digits = 0;
    *number = 0;
    if (!skip_space(r))
        return 0;
    for (; r->at < r->length && r->text[r->at] >= '0' && r->text[r->at] <= '9'; r->at++, digits++) {
        const size_t digit = (size_t)(r->text[r->at] - '0');
        if (*number > (SIZE_MAX - digit) / 10)
            return 0;
        *number = *number * 10 + digit;
    }
    return digits > 0;
}

struct entry {
    struct piece name, dtype;
    int rank;
    size_t dims[8], begin, end;
};

static int take_shape(struct reader *r, struct entry *e)
{
    e->rank = 0;
    if (!take(r, '['))
        return 0;
    if (take(r, ']'))
        return 1;
    do {
        if (e->rank == 8 || !take_number(r, &e->dims[e->rank]))
            return 0;
        e->rank++;
    } while (take(r, ','));
    return take(r, ']');
}

static int take_field(struct reader *r, struct entry *e, int *seen)
{
    struct piece key;
    if (!take_string(r, &key) || !take(r, ':'))
        return 0;
    if (is_text(key, "dtype")) {
        *seen += 1;
        return take_string(r, &e->dtype);
    }
    if (is_text(key, "shape")) {
        *seen += 8;
        return take_shape(r, e);
    }
    *seen += 64;
    return is_text(key, "data_offsets") && take(r, '[') && take_number(r, &e->begin) && take(r, ',') &&
           take_number(r, &e->end) && take(r, ']');
}

/* What follows an entry's name: each field once. */
static int take_entry(struct reader *r, struct entry *e)
{
    int seen = 0;
    if (!take(r, ':') || !take(r, '{'))
        return 0;
    do {
        if (seen > 73 || !take_field(r, e, &seen))
            return 0;
    } while (take(r, ','));
    return take(r, '}') && seen == 73;
}

/* What follows "__metadata__": strings, which are not kept. */
static int take_metadata(struct reader *r)
{
    struct piece ignored;
    if (!take(r, ':') || !take(r, '{'))
        return 0;
    if (take(r, '}'))
        return 1;
    do {
        if (!take_string(r, &ignored) || !take(r, ':') || !take_string(r, &ignored))
            return 0;
    } while (take(r, ','));
    return take(r, '}');
}

/* ---- which bytes are which tensor ---- */

/* The values of each source that is read, where the file has them. */
struct found {
    const unsigned char *values[SOURCES];
};

static size_t count_of(int source)
{
    size_t count = 1;
    for (int i = 0; i < sources[source].rank; i++)
        count *= (size_t)sources[source].dims[i];
    return count;
}

static int is_shape(int source, const struct entry *e)
{
    int same = sources[source].rank == e->rank;
    for (int i = 0; same && i < e->rank; i++)
        same = (size_t)sources[source].dims[i] == e->dims[i];
    return same;
}

/* What no network reads: counts of batches, which some programs keep as floats, and all that are no floats, as masks. */
static int is_ignored(const struct entry *e)
{
    static const char *const floats[] = {"F32", "F16", "BF16", "F64"};
    static const char count[] = "num_batches_tracked";
    const size_t length = sizeof count - 1;
    int is_float = 0;
    for (size_t i = 0; i < sizeof floats / sizeof floats[0]; i++)
        is_float |= is_text(e->dtype, floats[i]);
    if (!is_float || e->name.length < length)
        return !is_float;
    const struct piece end = {e->name.text + (e->name.length - length), length};
    return is_text(end, count);
}

/* Another tensor of floats than those that are read would be another network's. */
static enum @(prefix)_status note_entry(const struct entry *e, const unsigned char *data, size_t bytes, struct found *found)
{
    int i = 0;
    if (e->begin > e->end)
        return @(PREFIX)_NOT_WEIGHTS;
    if (e->end > bytes)
        return @(PREFIX)_TOO_SHORT;
    while (i < SOURCES && !(IS_READ(i) && is_text(e->name, sources[i].name)))
        i++;
    if (i == SOURCES)
        return is_ignored(e) ? @(PREFIX)_OK : @(PREFIX)_OTHER_MODEL;
    if (found->values[i] || !is_text(e->dtype, "F32") || !is_shape(i, e))
        return @(PREFIX)_OTHER_MODEL;
    if (e->end - e->begin != count_of(i) * sizeof(float))
        return @(PREFIX)_NOT_WEIGHTS;
    found->values[i] = data + e->begin;
    return @(PREFIX)_OK;
}

static enum @(prefix)_status find_sources(const unsigned char *file, size_t bytes, struct found *found)
{
    struct reader r = {file + 8, 0, 0};
    if (bytes < 8)
        return @(PREFIX)_TOO_SHORT;
    for (int i = 7; i >= 0; i--) {
        if (r.length > SIZE_MAX >> 8)
            return @(PREFIX)_NOT_WEIGHTS;
        r.length = r.length << 8 | file[i];
    }
    if (bytes == 8 || file[8] != '{')
        return @(PREFIX)_NOT_WEIGHTS;
    if (r.length > bytes - 8)
        return @(PREFIX)_TOO_SHORT;
    for (int i = 0; i < SOURCES; i++)
        found->values[i] = NULL;
    r.at = 1;
    do {
        struct entry e;
        if (!take_string(&r, &e.name))
            return @(PREFIX)_NOT_WEIGHTS;
        if (is_text(e.name, "__metadata__")) {
            if (!take_metadata(&r))
                return @(PREFIX)_NOT_WEIGHTS;
            continue;
        }
        if (!take_entry(&r, &e))
            return @(PREFIX)_NOT_WEIGHTS;
        const enum @(prefix)_status status = note_entry(&e, r.text + r.length, bytes - 8 - r.length, found);
        if (status != @(PREFIX)_OK)
            return status;
    } while (take(&r, ','));
    if (!take(&r, '}') || skip_space(&r))
        return @(PREFIX)_NOT_WEIGHTS;
    for (int i = 0; i < SOURCES; i++)
        if (IS_READ(i) && !found->values[i])
            return @(PREFIX)_OTHER_MODEL;
    return @(PREFIX)_OK;
}

/* The i-th value of a source; files are little-endian, and their values lie anywhere. */
static float value_at(const struct found *found, int source, size_t i)
{
    const unsigned char *const b = found->values[source] + i * sizeof(float);
    const uint32_t bits = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static int all_finite_values(const struct found *found)
{
    for (int source = 0; source < SOURCES; source++)
        for (size_t i = 0; IS_READ(source) && i < count_of(source); i++) {
            const float value = value_at(found, source, i);
            if (!(value - value == 0))
                return 0;
        }
    return 1;
}
