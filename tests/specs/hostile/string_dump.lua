-- SPEC:2: string.dump is not available in a spec; format, len, lower, sub and upper are
return string.dump(function() end)
