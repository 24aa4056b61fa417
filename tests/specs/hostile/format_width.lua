-- SPEC:2: string.format: invalid conversion specification: '%99999d'
return string.format("%99999d", 1)
