-- SPEC:2: string.pack is not available in a spec; format, len, lower, sub and upper are
return string.pack("i4", 1)
