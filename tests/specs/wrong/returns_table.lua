-- SPEC:2: a spec must return what net.model makes, not a table
return { name = "x" }
