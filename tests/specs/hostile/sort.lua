-- SPEC:2: table.sort is not available in a spec
table.sort({ 2, 1 })
