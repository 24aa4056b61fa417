-- SPEC:2: string.rep is not available in a spec; format, len, lower, sub and upper are
return ("x"):rep(1e9)
