/* gunzip.c - see gunzip.h; CASTNET_ZLIB says that there is the library */
#include "import/gunzip.h"

#include <limits.h>

#ifdef CASTNET_ZLIB
#include <zlib.h>
#endif

bool gunzip_is(const uint8_t *file, size_t bytes)
{
    return bytes >= 2 && file[0] == 0x1F && file[1] == 0x8B;
}

#ifdef CASTNET_ZLIB

/* As much as goes into an int of zlib's. */
static unsigned portion(size_t bytes)
{
    return bytes < INT_MAX ? (unsigned)bytes : INT_MAX;
}

/* Inflates until out is full or the stream ends. What zlib said last. */
static int inflate_into(z_stream *stream, uint8_t *out, size_t length, const uint8_t *file,
                        size_t bytes)
{
    int result = Z_OK;

    stream->next_in = (Bytef *)(uintptr_t)file; /* which it only reads */
    stream->next_out = out;
    while (result == Z_OK) {
        size_t read = (size_t)(stream->next_in - file), written = (size_t)(stream->next_out - out);

        stream->avail_in = portion(bytes - read);
        stream->avail_out = portion(length - written);
        if (stream->avail_out == 0)
            break;
        result = inflate(stream, Z_NO_FLUSH);
    }
    return result;
}

/* Once out is full: nothing may come but the end. more: room for a byte that is too many. */
static bool ends(z_stream *stream, const uint8_t *file, size_t bytes, uint8_t *more)
{
    stream->next_out = more;
    stream->avail_out = 1;
    stream->avail_in = portion(bytes - (size_t)(stream->next_in - file));
    return inflate(stream, Z_FINISH) == Z_STREAM_END && stream->avail_out == 1;
}

int gunzip(uint8_t *out, size_t length, bool whole, const uint8_t *file, size_t bytes,
           struct error *error)
{
    enum { GZIP = 16 }; /* beside the size of the window: its header and checksum */
    z_stream stream = {0};
    uint8_t more;
    int result;
    bool filled;

    if (inflateInit2(&stream, GZIP + MAX_WBITS) != Z_OK)
        return error_set(error, "no memory to unpack it; close other programs");
    result = inflate_into(&stream, out, length, file, bytes);
    filled = (size_t)(stream.next_out - out) == length;
    if (filled && whole && result != Z_STREAM_END)
        filled = result == Z_OK && ends(&stream, file, bytes, &more);
    inflateEnd(&stream);
    return filled ? 0
                  : error_set(error, "gzip's data are broken, cut short or of another length than "
                                     "they say; fetch it again");
}

#else

int gunzip(uint8_t *out, size_t length, bool whole, const uint8_t *file, size_t bytes,
           struct error *error)
{
    (void)out, (void)length, (void)whole, (void)file, (void)bytes;
    return error_set(error, "made without a library for gzip; run gunzip on the file, or apt-get "
                            "install zlib1g-dev and make it anew");
}

#endif
