-- SPEC:2: string.format: %p is not available; use d, i, x, X, c, e, f, g or s
return string.format("%p", net)
