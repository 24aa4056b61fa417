-- SPEC:2: string.gsub is not available in a spec; format, len, lower, sub and upper are
return string.gsub("x", "x", "y")
