//- library/status.h: what calls return, for inference.h and network.h.
/* What became of a call. Where it is not @(PREFIX)_OK, nothing has changed. */
enum @(prefix)_status {
    @(PREFIX)_OK = 0,
    @(PREFIX)_NO_WEIGHTS = 1,   /* none were loaded or attached */
    @(PREFIX)_BAD_ARGUMENT = 2, /* NULL, not aligned, or fewer than one image */
    @(PREFIX)_TOO_SHORT = 3,    /* fewer bytes than their own beginning says */
    @(PREFIX)_NOT_WEIGHTS = 4,  /* no safetensors file; no packed weights, or of the other byte order */
    @(PREFIX)_OTHER_MODEL = 5,  /* names, shapes, types or layout are not this network's */
    @(PREFIX)_DAMAGED = 6       /* a checksum is wrong; a value is infinite or no number, a variance not above -eps */
};
