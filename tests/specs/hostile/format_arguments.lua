-- SPEC:2: string.format: bad argument (number expected, got nil)
return string.format("%d %d", 1)
