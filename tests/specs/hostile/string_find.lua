-- SPEC:2: string.find is not available in a spec; format, len, lower, sub and upper are
return ("a"):find("a*a*a*a*a*b")
